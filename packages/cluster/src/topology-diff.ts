import { formatCidr } from './cidr.ts';
import { match } from './matching.ts';
import type { Interface, Node, Topology, VirtualService } from './topology.ts';
import type { TopologyChange } from './topology-change.ts';
import {
  addressFields,
  destinationFields,
  type Fields,
  interfaceFields,
  type NameOf,
  networkFields,
  nodeFields,
  serviceFields,
  vipFields,
} from './topology-fields.ts';
import { serviceName, type TopologyIndex, topologyIndex } from './topology-index.ts';

/** A thing in both topologies or in one, ready to be compared. */
interface Side {
  readonly object: TopologyChange['object'];
  readonly path: readonly string[];
  readonly name: string;
  readonly within: readonly string[];
  readonly fields: Fields;
  /** What is inside; said one by one only when the thing itself is in both topologies. */
  readonly inside: readonly Side[];
}

/**
 * What an operator did between two topologies: things by their ids, fields as texts. A thing that came or went is one
 * change with all that is in it. Empty when nothing differs but the order of lists.
 */
export function diffTopology(from: Topology, to: Topology): TopologyChange[] {
  const nameOf = namesIn(topologyIndex(to), topologyIndex(from));
  return compare(sides(from, nameOf), sides(to, nameOf));
}

const namesIn =
  (now: TopologyIndex, before: TopologyIndex): NameOf =>
  (kind, id) => {
    switch (kind) {
      case 'network':
        return (now.networks.get(id) ?? before.networks.get(id))?.name ?? id;
      case 'node':
        return (now.nodes.get(id) ?? before.nodes.get(id))?.name ?? id;
      case 'vip':
        return (now.vips.get(id) ?? before.vips.get(id))?.address.text ?? id;
    }
  };

function compare(from: readonly Side[], to: readonly Side[]): TopologyChange[] {
  const { added, removed, kept } = match(to, from, ({ object, path }) => [object, ...path].join('/'));
  return [
    ...removed.map((side) => whole('removed', side)),
    ...added.map((side) => whole('added', side)),
    ...kept.flatMap((pair) => [
      ...changedFields(pair.from, pair.to),
      ...compare(pair.from.inside, pair.to.inside),
    ]),
  ];
}

const whole = (kind: 'added' | 'removed', { object, path, name, within }: Side): TopologyChange => ({
  kind,
  object,
  path,
  name,
  within,
  field: null,
  from: null,
  to: null,
});

function changedFields(from: Side, to: Side): TopologyChange[] {
  const { object, path, name, within } = to;
  return Object.keys(to.fields)
    .map((field) => ({ field, from: from.fields[field] ?? null, to: to.fields[field] ?? null }))
    .filter((change) => change.from !== change.to)
    .map((change) => ({ kind: 'changed', object, path, name, within, ...change }));
}

function sides(topology: Topology, nameOf: NameOf): Side[] {
  const index = topologyIndex(topology);
  const { name, networks, nodes, vips, services } = topology;
  return [
    { object: 'cluster', path: [], name, within: [], fields: { name }, inside: [] },
    ...networks.map(
      (network): Side => ({
        object: 'network',
        path: ['networks', network.id],
        name: network.name,
        within: [],
        fields: networkFields(network),
        inside: [],
      }),
    ),
    ...nodes.map((node) => nodeSide(nameOf, node)),
    ...vips.map(
      (vip): Side => ({
        object: 'vip',
        path: ['vips', vip.id],
        name: vip.address.text,
        within: [],
        fields: vipFields(nameOf, vip),
        inside: [],
      }),
    ),
    ...services.map((service) => serviceSide(nameOf, service, serviceName(index, service))),
  ];
}

function nodeSide(nameOf: NameOf, node: Node): Side {
  const path = ['nodes', node.id];
  const inside = node.interfaces.map((device) => interfaceSide(nameOf, node, device));
  return { object: 'node', path, name: node.name, within: [], fields: nodeFields(node), inside };
}

function interfaceSide(nameOf: NameOf, node: Node, device: Interface): Side {
  const path = ['nodes', node.id, 'interfaces', device.id];
  const { name } = device;
  const inside = device.addresses.map((address): Side => {
    const cidr = formatCidr(address.cidr);
    return {
      object: 'address',
      path: [...path, 'addresses', cidr],
      name: cidr,
      within: [name, node.name],
      fields: addressFields(address),
      inside: [],
    };
  });
  return {
    object: 'interface',
    path,
    name,
    within: [node.name],
    fields: interfaceFields(nameOf, device),
    inside,
  };
}

function serviceSide(nameOf: NameOf, service: VirtualService, name: string): Side {
  const path = ['services', service.id];
  const inside = service.destinations.map(
    (destination): Side => ({
      object: 'destination',
      path: [...path, 'destinations', destination.id],
      name: nameOf('node', destination.nodeId),
      within: [name],
      fields: destinationFields(nameOf, destination),
      inside: [],
    }),
  );
  return { object: 'service', path, name, within: [], fields: serviceFields(nameOf, service), inside };
}
