// What an apply would do, host by host: asked of the agents, who look at their hosts now.
import { AgentRefusal, planDigest } from '@signalbox/agent-api';
import {
  applyProblems,
  describe,
  desiredFor,
  type HostState,
  type Node,
  plan,
  type PlannedOperation,
  type PreparedWay,
  problemsOf,
} from '@signalbox/cluster';
import type { StoredCluster } from '@signalbox/db';
import type { HostReview, Review } from '../../api/contract.ts';
import type { AgentPool } from '../agents/agent-pool.ts';
import { AgentUnreachable } from '../agents/agent-unreachable.ts';
import { appliedTopology, nodesToCover } from './cluster-view.ts';

/** What hosts are to have, and what they have been brought to last. */
export interface Desires {
  readonly clusterId: string;
  readonly nodes: readonly Node[];
  readonly desired: (nodeId: string) => HostState;
  readonly before: (nodeId: string) => HostState;
}

/** The draft, with the ways that a switch keeps open. */
export function desiresOf(cluster: StoredCluster, prepared: readonly PreparedWay[]): Desires {
  return {
    clusterId: cluster.id,
    nodes: nodesToCover(cluster),
    desired: (nodeId) => desiredFor(cluster.topology, nodeId, prepared),
    before: (nodeId) => desiredFor(appliedTopology(cluster), nodeId, prepared),
  };
}

/** What hosts were found to do. Each plans again when it accepts: what is not so any more is refused there. */
export interface StepLook {
  readonly hosts: readonly HostReview[];
  /** The highest epoch that one of them has accepted. */
  readonly epochSeen: number;
}

export interface ClusterLook {
  readonly review: Review;
  /** As in `StepLook`. */
  readonly epochSeen: number;
}

/** Asks all agents at once. With an error in the topology no host is asked. */
export async function reviewCluster(
  cluster: StoredCluster,
  prepared: readonly PreparedWay[],
  pool: AgentPool,
): Promise<ClusterLook> {
  const { topology, revision } = cluster;
  const problems = problemsOf(topology);
  const broken = problems.some((problem) => problem.severity === 'error');
  const { hosts, epochSeen } = broken ? nothingSeen : await lookAtHosts(desiresOf(cluster, prepared), pool);
  const changing = cluster.applied ? applyProblems(cluster.applied.topology, topology) : [];
  return {
    review: { clusterId: cluster.id, revision, problems: [...problems, ...changing], hosts },
    epochSeen,
  };
}

const nothingSeen: StepLook = { hosts: [], epochSeen: 0 };

/** All hosts at once. */
export async function lookAtHosts(desires: Desires, pool: AgentPool): Promise<StepLook> {
  const looks = await Promise.all(desires.nodes.map((node) => lookAtHost(desires, node, pool)));
  return {
    hosts: looks.map(({ review }) => review),
    epochSeen: Math.max(0, ...looks.map(({ epoch }) => epoch)),
  };
}

/** What hosts take that have exactly what they had before: it follows, and nobody is asked. */
export function plannedLook(desires: Desires): StepLook {
  const hosts = desires.nodes.map(({ id: nodeId, agent }): HostReview => {
    const following = followingPlan(desires, nodeId);
    const operations = withCommands(following);
    return agent
      ? { kind: 'ready', nodeId, digest: planDigest(following), operations, problems: [] }
      : { kind: 'noAgent', nodeId, operations };
  });
  return { hosts, epochSeen: 0 };
}

const followingPlan = ({ desired, before }: Desires, nodeId: string) => plan(desired(nodeId), before(nodeId));

const withCommands = (planned: readonly PlannedOperation[]) =>
  planned.map((one) => ({ ...one, command: describe(one.operation) }));

interface HostLook {
  readonly review: HostReview;
  readonly epoch: number;
}

async function lookAtHost(desires: Desires, node: Node, pool: AgentPool): Promise<HostLook> {
  const nodeId = node.id;
  const desired = desires.desired(nodeId);
  const byHand = withCommands(followingPlan(desires, nodeId));
  const unasked = (review: HostReview): HostLook => ({ review, epoch: 0 });
  if (!node.agent) return unasked({ kind: 'noAgent', nodeId, operations: byHand });
  const unreachable = (message: string) =>
    unasked({ kind: 'unreachable', nodeId, message, blocking: byHand.length > 0 });
  const link = pool.link({ clusterId: desires.clusterId, nodeId }, node.agent);
  if (!link) return unreachable(`${node.name} has not joined: run its join command there.`);
  try {
    const { digest, operations, problems, epoch } = await link.preview(desired);
    return { review: { kind: 'ready', nodeId, digest, operations, problems }, epoch };
  } catch (error) {
    if (error instanceof AgentUnreachable || error instanceof AgentRefusal) return unreachable(error.message);
    throw error;
  }
}
