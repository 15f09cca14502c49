import { formatCidr } from './cidr.ts';
import { match } from './matching.ts';
import type { Destination, Interface, Node, Topology, VirtualService } from './topology.ts';
import type { TopologyChange } from './topology-change.ts';
import {
  addressFields,
  destinationFields,
  type Fields,
  interfaceFields,
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
  readonly fields: Fields;
  /** What is inside; said one by one only when the thing itself is in both topologies. */
  readonly inside: readonly Side[];
}

/**
 * What an operator did between two topologies: things by their ids, fields as texts. A thing that came or went is one
 * change with all that is in it. Empty when nothing differs but the order of lists.
 */
export const diffTopology = (from: Topology, to: Topology): TopologyChange[] =>
  compare(sides(from), sides(to));

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

const whole = (kind: 'added' | 'removed', { object, path, name }: Side): TopologyChange => ({
  kind,
  object,
  path,
  name,
  field: null,
  from: null,
  to: null,
});

function changedFields(from: Side, to: Side): TopologyChange[] {
  const { object, path, name } = to;
  return Object.keys(to.fields)
    .map((field) => ({ field, from: from.fields[field] ?? null, to: to.fields[field] ?? null }))
    .filter((change) => change.from !== change.to)
    .map((change) => ({ kind: 'changed', object, path, name, ...change }));
}

function sides(topology: Topology): Side[] {
  const index = topologyIndex(topology);
  const { name, networks, nodes, vips, services } = topology;
  return [
    { object: 'cluster', path: [], name, fields: { name }, inside: [] },
    ...networks.map(
      (network): Side => ({
        object: 'network',
        path: ['networks', network.id],
        name: network.name,
        fields: networkFields(network),
        inside: [],
      }),
    ),
    ...nodes.map((node) => nodeSide(index, node)),
    ...vips.map(
      (vip): Side => ({
        object: 'vip',
        path: ['vips', vip.id],
        name: vip.address.text,
        fields: vipFields(index, vip),
        inside: [],
      }),
    ),
    ...services.map((service) => serviceSide(index, service)),
  ];
}

function nodeSide(index: TopologyIndex, node: Node): Side {
  const path = ['nodes', node.id];
  const inside = node.interfaces.map((device) => interfaceSide(index, node, device));
  return { object: 'node', path, name: node.name, fields: nodeFields(node), inside };
}

function interfaceSide(index: TopologyIndex, node: Node, device: Interface): Side {
  const path = ['nodes', node.id, 'interfaces', device.id];
  const name = `${device.name} of ${node.name}`;
  const inside = device.addresses.map((address): Side => {
    const cidr = formatCidr(address.cidr);
    return {
      object: 'address',
      path: [...path, 'addresses', cidr],
      name: `${cidr} on ${name}`,
      fields: addressFields(address),
      inside: [],
    };
  });
  return { object: 'interface', path, name, fields: interfaceFields(index, device), inside };
}

function serviceSide(index: TopologyIndex, service: VirtualService): Side {
  const inside = service.destinations.map((destination) => destinationSide(index, service, destination));
  const path = ['services', service.id];
  return {
    object: 'service',
    path,
    name: serviceName(index, service),
    fields: serviceFields(index, service),
    inside,
  };
}

function destinationSide(index: TopologyIndex, service: VirtualService, destination: Destination): Side {
  const node = index.nodes.get(destination.nodeId)?.name ?? destination.nodeId;
  return {
    object: 'destination',
    path: ['services', service.id, 'destinations', destination.id],
    name: `${node} in ${serviceName(index, service)}`,
    fields: destinationFields(index, destination),
    inside: [],
  };
}
