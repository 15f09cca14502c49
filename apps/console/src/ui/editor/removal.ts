// Taking something out of a drawing takes along what cannot be without it: known, and said, before it is done.
import type { Topology } from '@signalbox/cluster';
import { diffTopology, type TopologyChange } from '@signalbox/cluster';
import type { Thing } from './edit.ts';

/** The drawing without the thing and without everything that refers to it. */
export function without(topology: Topology, { kind, id }: Thing): Topology {
  switch (kind) {
    case 'service':
      return { ...topology, services: topology.services.filter((service) => service.id !== id) };
    case 'vip':
      return {
        ...topology,
        vips: topology.vips.filter((vip) => vip.id !== id),
        services: topology.services.filter(({ at }) => at.vipId !== id),
      };
    case 'node':
      return withoutNode(topology, id);
    case 'network':
      return withoutNetwork(topology, id);
  }
}

function withoutNode(topology: Topology, id: string): Topology {
  const held = topology.vips.filter(({ directorId }) => directorId === id);
  const rest = held.reduce((left, vip) => without(left, { kind: 'vip', id: vip.id }), topology);
  return {
    ...rest,
    nodes: rest.nodes.filter((node) => node.id !== id),
    services: rest.services.map((service) => ({
      ...service,
      destinations: service.destinations.filter(({ nodeId }) => nodeId !== id),
    })),
  };
}

const withoutNetwork = (topology: Topology, id: string): Topology => ({
  ...topology,
  networks: topology.networks.filter((network) => network.id !== id),
  nodes: topology.nodes.map((node) => ({
    ...node,
    interfaces: node.interfaces.filter(({ networkId }) => networkId !== id),
  })),
});

/** What would go with the thing, the thing itself left out. Empty: nothing refers to it, and nobody need be asked. */
export function goesWith(topology: Topology, thing: Thing): TopologyChange[] {
  return diffTopology(topology, without(topology, thing)).filter(
    (change) => !(change.object === thing.kind && change.path.at(-1) === thing.id),
  );
}
