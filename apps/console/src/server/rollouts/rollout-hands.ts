// The hosts that a rollout is walked with, and what each is told.
import type { StoredRollout } from '@signalbox/db';
import type { ClusterRoom } from '../clusters/clusters.ts';
import type { Desires } from '../clusters/review.ts';
import type { RolloutHand } from './rollout-hand.ts';

/** What hosts go on doing by themselves once they have it. */
export interface HostsAlone {
  /** Directors undo it by themselves after so many seconds unless it is confirmed there; null: it stays. */
  readonly revertAfterSeconds: number | null;
  /** Hosts put back by themselves what disappears, because both ways are to be ready. */
  readonly keep: boolean;
}

export type RolloutDesires = Desires & HostsAlone;

export function handsOf(
  { pool }: Pick<ClusterRoom, 'pool'>,
  rollout: StoredRollout,
  desires: RolloutDesires,
): RolloutHand[] {
  const { clusterId, nodes, desired, before, keep, revertAfterSeconds } = desires;
  return rollout.hosts.map(({ nodeId }) => {
    const node = nodes.find((candidate) => candidate.id === nodeId);
    return {
      nodeId,
      name: node?.name ?? nodeId,
      desired: desired(nodeId),
      revert:
        node?.kind === 'director' && revertAfterSeconds !== null
          ? { afterSeconds: revertAfterSeconds, to: before(nodeId) }
          : null,
      keep,
      link: () => (node?.agent ? pool.link({ clusterId, nodeId }, node.agent) : null),
    };
  });
}
