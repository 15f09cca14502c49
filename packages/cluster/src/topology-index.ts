import type { Address } from './address.ts';
import type { ServiceKey } from './host-state.ts';
import { serviceKeyText } from './keys.ts';
import type {
  Destination,
  Interface,
  InterfaceAddress,
  Node,
  Topology,
  Vip,
  VirtualService,
} from './topology.ts';

/** An address as drawn on an interface. */
export interface Holder {
  readonly node: Node;
  readonly interface: Interface;
  readonly address: InterfaceAddress;
}

/** A destination with the service it stands in. */
export interface DestinationIn {
  readonly service: VirtualService;
  readonly destination: Destination;
}

/** A topology with its references resolved: made once per question, so that nothing below searches. */
export interface TopologyIndex {
  readonly topology: Topology;
  readonly nodes: ReadonlyMap<string, Node>;
  readonly networks: ReadonlyMap<string, Topology['networks'][number]>;
  readonly vips: ReadonlyMap<string, Vip>;
  /** Who has an address on an interface, by the address's text. More than one is a problem. */
  readonly holders: ReadonlyMap<string, readonly Holder[]>;
}

export function topologyIndex(topology: Topology): TopologyIndex {
  const holders = topology.nodes.flatMap((node) =>
    node.interfaces.flatMap((device) =>
      device.addresses.map((address): Holder => ({ node, interface: device, address })),
    ),
  );
  return {
    topology,
    nodes: byId(topology.nodes),
    networks: byId(topology.networks),
    vips: byId(topology.vips),
    holders: Map.groupBy(holders, ({ address }) => address.cidr.address.text),
  };
}

const byId = <T extends { readonly id: string }>(items: readonly T[]): Map<string, T> =>
  new Map(items.map((item) => [item.id, item]));

/** The node that answers for an address: one that has it on an interface, or the director whose VIP it is. */
export function nodeOfAddress(index: TopologyIndex, address: Address): Node | null {
  const holder = index.holders.get(address.text)?.[0];
  if (holder !== undefined) return holder.node;
  const vip = index.topology.vips.find((other) => other.address.text === address.text);
  return (vip && index.nodes.get(vip.directorId)) ?? null;
}

/** What the kernel will call the service; null when its VIP does not exist. */
export function serviceKeyOf(index: TopologyIndex, { at }: VirtualService): ServiceKey | null {
  const vip = index.vips.get(at.vipId);
  return vip ? { kind: 'address', protocol: at.protocol, address: vip.address, port: at.port } : null;
}

/** What a person calls the service. */
export function serviceName(index: TopologyIndex, service: VirtualService): string {
  const key = serviceKeyOf(index, service);
  return key === null ? `${service.at.protocol} port ${service.at.port}` : serviceKeyText(key);
}

export const methodOf = ({ service, destination }: DestinationIn) => destination.method ?? service.method;

export const allDestinations = ({ topology }: TopologyIndex): DestinationIn[] =>
  topology.services.flatMap((service) =>
    service.destinations.map((destination) => ({ service, destination })),
  );
