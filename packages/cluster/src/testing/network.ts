// A small model of a network of hosts, for laws: routes, ARP, forwarding and filters as the kernel has them.
import type { Address, Cidr } from '../address.ts';
import { sameAddress } from '../address-kind.ts';
import { contains } from '../cidr.ts';
import { emptyHostState, type HostState } from '../host-state.ts';
import { mainTable } from '../our-numbers.ts';
import { interfaceSysctl } from '../sysctls.ts';
import type { Interface, Node, Topology } from '../topology.ts';

/** A drawing with what each host has by now. */
export interface Network {
  readonly topology: Topology;
  readonly hosts: ReadonlyMap<string, HostState>;
}

export interface Packet {
  readonly from: Address;
  readonly fromPort: number;
  readonly to: Address;
  readonly toPort: number;
}

/** Where a packet is: at a node, come in by one of its interfaces. */
export interface At {
  readonly node: Node;
  readonly incoming: Interface;
}

/** Why a packet does not arrive. */
export type Lost = string;

export const stateOf = ({ hosts }: Network, { id }: Node): HostState => hosts.get(id) ?? emptyHostState;

const sysctl = (network: Network, node: Node, name: string): number =>
  Number(stateOf(network, node).sysctls.find((one) => one.name === name)?.value ?? '0');

/** The larger of `all` and the interface: how rp_filter, arp_ignore and accept_local count; yes for send_redirects. */
export const effective = (network: Network, { node, incoming }: At, leaf: string): number =>
  Math.max(...['all', incoming.name].map((name) => sysctl(network, node, interfaceSysctl(name, leaf))));

export const forwards = (network: Network, node: Node) => sysctl(network, node, 'net.ipv4.ip_forward') === 1;

/** Addresses of the host with their interface's name: its own, and ours on it. */
function addressesOn(network: Network, node: Node): { readonly device: string; readonly cidr: Cidr }[] {
  return [
    ...node.interfaces.flatMap(({ name, addresses }) =>
      addresses.filter(({ origin }) => origin === 'host').map(({ cidr }) => ({ device: name, cidr })),
    ),
    ...stateOf(network, node).addresses.map((one) => ({ device: one.interface, cidr: one.cidr })),
  ];
}

export const isLocal = (network: Network, node: Node, address: Address): boolean =>
  addressesOn(network, node).some(({ cidr }) => sameAddress(cidr.address, address));

/** A next hop on the link of an interface; `via` is null where the destination itself is asked for. */
export interface Route {
  readonly device: Interface;
  readonly via: Address | null;
}

/**
 * The first rule whose table knows the destination, else the main table: pinned, connected, default. A route that drops
 * is no interface's, so that it answers null as no route does.
 */
export function routeOf(network: Network, node: Node, { from, fromPort, to }: Packet): Route | null {
  const { rules, routes } = stateOf(network, node);
  const ours = (table: number) =>
    routes
      .filter((one) => one.table === table && contains(one.destination, to))
      .map((one) => ({
        prefix: one.destination.prefix,
        metric: one.metric,
        via: one.via,
        device: one.interface ?? '',
      }));
  const turned = rules
    .filter((rule) => rule.from === null || contains(rule.from, from))
    .filter((rule) => rule.sourcePort === null || rule.sourcePort === fromPort)
    .map((rule) => ours(rule.table))
    .find((found) => found.length > 0);
  const connected = addressesOn(network, node)
    .filter(({ cidr }) => cidr.prefix < 32 && contains(cidr, to))
    .map(({ cidr, device }) => ({ prefix: cidr.prefix, metric: 0, via: null, device }));
  const gateway = node.gateway;
  const wayOut =
    gateway && node.interfaces.find(({ addresses }) => addresses.some(({ cidr }) => contains(cidr, gateway)));
  const main = [
    ...ours(mainTable),
    ...connected,
    ...(wayOut ? [{ prefix: 0, metric: 0, via: gateway, device: wayOut.name }] : []),
  ];
  const best = (turned ?? main).toSorted((a, b) => b.prefix - a.prefix || a.metric - b.metric)[0];
  const device = node.interfaces.find(({ name }) => name === best?.device);
  return best === undefined || device === undefined ? null : { device, via: best.via };
}

/** A question on the link of an interface. */
export interface ArpRequest {
  readonly device: Interface;
  readonly asked: Address;
}

/** Hands a packet to the one host on the link that answers ARP for the next hop. */
export function handOver(network: Network, node: Node, { device, asked }: ArpRequest): At | Lost {
  const answers = network.topology.nodes
    .filter((other) => other !== node)
    .flatMap((other) =>
      other.interfaces
        .filter(({ networkId }) => networkId === device.networkId)
        .map((incoming) => ({ node: other, incoming }))
        .filter((at) => answersArp(network, at, asked)),
    );
  const [first, second] = answers;
  if (first === undefined) return `nobody on the link of ${node.id} answers ARP for ${asked.text}`;
  return second === undefined ? first : `${first.node.id} and ${second.node.id} answer ARP for ${asked.text}`;
}

/** With arp_ignore, which counts on the interface that is asked, only for addresses of that interface. */
function answersArp(network: Network, at: At, asked: Address): boolean {
  const own = addressesOn(network, at.node).filter(({ cidr }) => sameAddress(cidr.address, asked));
  const isThere = own.some((one) => one.device === at.incoming.name);
  return isThere || (own.length > 0 && effective(network, at, 'arp_ignore') === 0);
}

/** What the host does to a packet before it looks where it goes: forged sources, and the reverse path. */
export function admits(network: Network, at: At, packet: Packet): Lost | null {
  const { node, incoming } = at;
  const filter = effective(network, at, 'rp_filter');
  if (isLocal(network, node, packet.from)) {
    if (effective(network, at, 'accept_local') === 0) return `${node.id} drops a martian`;
    return filter === 1 ? `${node.id} drops its own source by rp_filter` : null;
  }
  const back = { from: packet.to, fromPort: packet.toPort, to: packet.from, toPort: packet.fromPort };
  const wayBack = routeOf(network, node, back);
  const isStrict = filter === 1 && wayBack?.device.id !== incoming.id;
  return isStrict || (filter === 2 && wayBack === null) ? `${node.id} drops by rp_filter` : null;
}

/** From a node to the host that has the destination, over hosts that forward; stops early at a node of `until`. */
export function travel(
  network: Network,
  start: Node,
  { packet, until }: { readonly packet: Packet; readonly until?: Node },
): At | Lost {
  let node = start;
  for (let hops = 0; hops < 8; hops += 1) {
    const route = routeOf(network, node, packet);
    if (route === null) return `${node.id} has no route to ${packet.to.text}`;
    const at = handOver(network, node, { device: route.device, asked: route.via ?? packet.to });
    if (typeof at === 'string') return at;
    const dropped = admits(network, at, packet);
    if (dropped !== null) return dropped;
    if (at.node === until || isLocal(network, at.node, packet.to)) return at;
    if (!forwards(network, at.node)) return `${at.node.id} does not forward`;
    node = at.node;
  }
  return `a loop at ${node.id}`;
}
