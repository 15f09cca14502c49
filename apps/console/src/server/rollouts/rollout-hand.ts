// A host on the walk.
import { AgentRefusal } from '@signalbox/agent-api';
import type { HostState } from '@signalbox/cluster';
import type { AgentLink } from '../agents/agent-link.ts';

/** A host that takes part. `link` is asked before each call, because trust and endpoint may change meanwhile. */
export interface RolloutHand {
  readonly nodeId: string;
  readonly name: string;
  readonly desired: HostState;
  /** What it goes back to by itself unless this is confirmed there; null: it stays. */
  readonly revert: { readonly afterSeconds: number; readonly to: HostState } | null;
  /** The host puts back by itself what disappears of it. */
  readonly keep: boolean;
  readonly link: () => AgentLink | null;
}

export function linked(hand: RolloutHand): AgentLink {
  const link = hand.link();
  if (!link) throw new AgentRefusal('rolloutUnknown', 'its agent is not trusted any more.');
  return link;
}
