// The clusters that tests talk about: those of the lab, and ways to change one thing in them.
import type { Address, Cidr } from '../address.ts';
import { canonicalAddress } from '../address-text.ts';
import { parseCidr } from '../cidr.ts';
import type { Destination, Interface, Node, Topology, VirtualService } from '../topology.ts';

export function ip(text: string): Address {
  const address = canonicalAddress(text);
  if (address === null) throw new Error(`not an address: ${text}`);
  return address;
}

export function cidr(text: string): Cidr {
  const parsed = parseCidr(text);
  if (parsed === null) throw new Error(`not a CIDR: ${text}`);
  return parsed;
}

/** An interface `name` on a network with `host` addresses. */
export const device = (name: string, networkId: string, ...addresses: string[]): Interface => ({
  id: name,
  name,
  networkId,
  addresses: addresses.map((text) => ({ cidr: cidr(text), origin: 'host' })),
});

export const node = (
  id: string,
  kind: Node['kind'],
  { interfaces, gateway }: { interfaces: Interface[]; gateway?: string },
): Node => ({
  id,
  name: id,
  kind,
  agent: null,
  interfaces,
  gateway: gateway === undefined ? null : ip(gateway),
  position: null,
});

export const destination = (id: string, nodeId: string, address: string): Destination => ({
  id,
  nodeId,
  address: ip(address),
  port: 80,
  weight: 1,
  upperThreshold: 0,
  lowerThreshold: 0,
  method: null,
});

const web = (...destinations: Destination[]): VirtualService => ({
  id: 'web',
  at: { kind: 'address', protocol: 'tcp', vipId: 'vip', port: 80 },
  scheduler: 'rr',
  schedulerFlags: [],
  persistence: null,
  onePacket: false,
  method: 'masq',
  destinations,
});

const networks = [
  { id: 'outer', name: 'outer', cidrs: [cidr('192.168.0.0/24')] },
  { id: 'inner', name: 'inner', cidrs: [cidr('192.168.137.0/24')] },
];

/** A director with two arms is the real servers' gateway; the VIP is its own outer address. */
export const twoArms = (): Topology => ({
  name: 'two arms',
  networks,
  nodes: [
    node('client', 'client', { interfaces: [device('eth0', 'outer', '192.168.0.109/24')] }),
    node('director', 'director', {
      interfaces: [
        device('eth0', 'outer', '192.168.0.111/24'),
        device('eth1', 'inner', '192.168.137.129/24'),
      ],
    }),
    ...['131', '130'].map((last, index) =>
      node(`rs${index + 1}`, 'realServer', {
        interfaces: [device('eth0', 'inner', `192.168.137.${last}/24`)],
        gateway: '192.168.137.129',
      }),
    ),
    node('mysql', 'mysql', {
      interfaces: [device('eth0', 'inner', '192.168.137.132/24')],
      gateway: '192.168.137.129',
    }),
  ],
  vips: [{ id: 'vip', address: ip('192.168.0.111'), directorId: 'director' }],
  services: [web(destination('rs1', 'rs1', '192.168.137.131'), destination('rs2', 'rs2', '192.168.137.130'))],
});

/** A director with one arm beside the real servers, all behind a router; the VIP is an address of its own. */
export const oneArm = (): Topology => ({
  name: 'one arm',
  networks,
  nodes: [
    node('client', 'client', {
      interfaces: [device('eth0', 'outer', '192.168.0.109/24')],
      gateway: '192.168.0.111',
    }),
    node('router', 'router', {
      interfaces: [
        device('eth0', 'outer', '192.168.0.111/24'),
        device('eth1', 'inner', '192.168.137.129/24'),
      ],
    }),
    ...['131', '130'].map((last, index) =>
      node(`rs${index + 1}`, 'realServer', {
        interfaces: [device('eth0', 'inner', `192.168.137.${last}/24`)],
        gateway: '192.168.137.129',
      }),
    ),
    node('director', 'director', {
      interfaces: [device('eth0', 'inner', '192.168.137.132/24')],
      gateway: '192.168.137.129',
    }),
    node('mysql', 'mysql', {
      interfaces: [device('eth0', 'inner', '192.168.137.133/24')],
      gateway: '192.168.137.129',
    }),
  ],
  vips: [{ id: 'vip', address: ip('192.168.137.100'), directorId: 'director' }],
  services: [web(destination('rs1', 'rs1', '192.168.137.131'), destination('rs2', 'rs2', '192.168.137.130'))],
});

/** The topology with one node changed. */
export const withNode = (
  topology: Topology,
  id: string,
  change: (node: Node) => Partial<Node>,
): Topology => ({
  ...topology,
  nodes: topology.nodes.map((one) => (one.id === id ? { ...one, ...change(one) } : one)),
});

/** The topology with its service `web` changed. */
export const withWeb = (topology: Topology, change: Partial<VirtualService>): Topology => ({
  ...topology,
  services: topology.services.map((one) => (one.id === 'web' ? { ...one, ...change } : one)),
});

/** The topology with one destination of `web` changed. */
export const withDestination = (topology: Topology, id: string, change: Partial<Destination>): Topology => ({
  ...topology,
  services: topology.services.map((service) => ({
    ...service,
    destinations: service.destinations.map((one) => (one.id === id ? { ...one, ...change } : one)),
  })),
});
