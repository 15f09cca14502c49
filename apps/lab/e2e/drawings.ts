// Drawings larger than the lab: what they name need not exist.
import type { ForwardingMethod, Topology } from '@signalbox/cluster';

/** The same cluster with so many real servers, all forwarded to alike; the new ones have no agent. */
export function withRealServers(topology: Topology, count: number, method: ForwardingMethod): Topology {
  const known = topology.nodes.filter(({ kind }) => kind === 'realServer');
  const [model] = known;
  if (!model) throw new Error('the drawing has no real server');
  const more = Array.from({ length: count - known.length }, (_, i) => ({
    id: `more${i}`,
    name: `rs${known.length + i + 1}`,
    address: { family: 'ipv4', text: `192.168.137.${10 + i}` } as const,
  }));
  const added = more.map(({ id, name, address }): Topology['nodes'][number] => ({
    ...model,
    id,
    name,
    agent: null,
    interfaces: model.interfaces.map((device) => ({
      ...device,
      id: `${id}-${device.name}`,
      addresses: [{ cidr: { address, prefix: 24 }, origin: 'host' }],
    })),
  }));
  return {
    ...topology,
    nodes: [...topology.nodes, ...added],
    services: topology.services.map((service) => ({
      ...service,
      method,
      destinations: [
        ...service.destinations,
        ...more.flatMap(({ id, address }) =>
          service.destinations.slice(0, 1).map((one) => ({ ...one, id: `to-${id}`, nodeId: id, address })),
        ),
      ],
    })),
  };
}
