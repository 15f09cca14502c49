// What an apply would do, host by host: asked of the agents, who look at their hosts now.
import { AgentRefusal } from '@signalbox/agent-api';
import { describe, desiredFor, type Node, plan, problemsOf } from '@signalbox/cluster';
import type { StoredCluster } from '@signalbox/db';
import type { HostReview, Review } from '../../api/contract.ts';
import type { AgentPool } from '../agents/agent-pool.ts';
import { AgentUnreachable } from '../agents/agent-unreachable.ts';
import { appliedTopology, nodesToCover } from './cluster-view.ts';

/** Asks all agents at once. With an error in the topology no host is asked. */
export async function reviewCluster(cluster: StoredCluster, pool: AgentPool): Promise<Review> {
  const { topology, revision } = cluster;
  const problems = problemsOf(topology);
  const broken = problems.some((problem) => problem.severity === 'error');
  const hosts = broken
    ? []
    : await Promise.all(nodesToCover(cluster).map((node) => reviewHost(cluster, node, pool)));
  return { clusterId: cluster.id, revision, problems, hosts };
}

async function reviewHost(cluster: StoredCluster, node: Node, pool: AgentPool): Promise<HostReview> {
  const nodeId = node.id;
  const desired = desiredFor(cluster.topology, nodeId);
  const before = desiredFor(appliedTopology(cluster), nodeId);
  const byHand = plan(desired, before).map((planned) => ({
    ...planned,
    command: describe(planned.operation),
  }));
  if (!node.agent) return { kind: 'noAgent', nodeId, operations: byHand };
  const unreachable = (message: string): HostReview => ({
    kind: 'unreachable',
    nodeId,
    message,
    blocking: byHand.length > 0,
  });
  const link = pool.link({ clusterId: cluster.id, nodeId }, node.agent);
  if (!link) return unreachable(`${node.name} has not joined: run its join command there.`);
  try {
    const { digest, operations, problems } = await link.preview(desired);
    return { kind: 'ready', nodeId, digest, operations, problems };
  } catch (error) {
    if (error instanceof AgentUnreachable || error instanceof AgentRefusal) return unreachable(error.message);
    throw error;
  }
}
