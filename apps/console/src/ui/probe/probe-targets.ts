// Where a probe can start from, and what it can load. Pure.
import type { Node, Topology } from '@signalbox/cluster';
import type { ClusterView } from '../../api/contract.ts';
import type { ProbeOrder } from '../../api/switch-contract.ts';
import { serviceTitle } from '../figures/readings.ts';

export interface ProbeTargets {
  readonly topology: Topology;
  readonly nodes: readonly Node[];
  readonly services: readonly { readonly id: string; readonly name: string }[];
}

/** Client nodes with an agent, and services over TCP, of what is applied: nothing else is there to be loaded. */
export function probeTargets({
  applied,
  topology: drawn,
}: Pick<ClusterView, 'applied' | 'topology'>): ProbeTargets {
  const topology = applied?.topology ?? drawn;
  return {
    topology,
    nodes: topology.nodes.filter(({ kind, agent }) => kind === 'client' && agent !== null),
    services:
      applied === null
        ? []
        : topology.services
            .filter(({ at, destinations }) => at.protocol === 'tcp' && destinations.length > 0)
            .map((service) => ({ id: service.id, name: serviceTitle(topology, service) })),
  };
}

/** A load that shows every hiccup and that any web server takes. */
export const defaultLoad = { workers: 8, requestsPerSecond: 200, longLived: 8 } as const;

/** The first that there is, of the services wanted; null when nothing can be loaded. */
export function defaultOrder(
  clusterId: string,
  { nodes, services }: ProbeTargets,
  wanted: readonly string[] = [],
): ProbeOrder | null {
  const [node] = nodes;
  const service =
    services.find(({ id }) => wanted.includes(id)) ?? (wanted.length === 0 ? services[0] : undefined);
  return node && service ? { clusterId, nodeId: node.id, serviceId: service.id, ...defaultLoad } : null;
}
