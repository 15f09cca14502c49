import type { Topology } from '@signalbox/cluster';
import type { ClusterView } from '../../api/contract.ts';

/** What people call a node, also one that is applied and no longer drawn. */
export const nodeName = (topology: Topology, view: Pick<ClusterView, 'applied'>, id: string): string =>
  [...topology.nodes, ...(view.applied?.topology.nodes ?? [])].find((node) => node.id === id)?.name ?? id;
