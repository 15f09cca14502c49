import { type Node, problemsOf, type Topology, diffTopology } from '@signalbox/cluster';
import type { StoredCluster } from '@signalbox/db';
import type { ClusterView } from '../../api/contract.ts';

export const emptyTopology = (name: string): Topology => ({
  name,
  networks: [],
  nodes: [],
  vips: [],
  services: [],
});

/** What an apply starts from: the topology applied last, or an empty one of the same name. */
export const appliedTopology = ({ topology, applied }: StoredCluster): Topology =>
  applied?.topology ?? emptyTopology(topology.name);

export const clusterView = (cluster: StoredCluster): ClusterView => ({
  id: cluster.id,
  revision: cluster.revision,
  topology: cluster.topology,
  problems: problemsOf(cluster.topology),
  applied: cluster.applied && { ...cluster.applied, at: cluster.applied.at.toISOString() },
  changes: diffTopology(appliedTopology(cluster), cluster.topology),
  rolloutId: cluster.rolloutId,
  switchId: cluster.switchId,
});

/** The draft's nodes, and those that were applied and are no longer drawn: they still have to be cleaned up. */
export function nodesToCover(cluster: StoredCluster): Node[] {
  const drawn = new Set(cluster.topology.nodes.map((node) => node.id));
  return [...cluster.topology.nodes, ...appliedTopology(cluster).nodes.filter((node) => !drawn.has(node.id))];
}
