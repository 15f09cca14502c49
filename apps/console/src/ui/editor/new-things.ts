// New things with defaults that are likely right, and names that are free.
import type {
  Address,
  Destination,
  Interface,
  Network,
  Node,
  NodeKind,
  Topology,
  Vip,
  VirtualService,
} from '@signalbox/cluster';

/** Makes an id nobody has: `rs-k3f9x`. Random, because it names certificates and must not come back for another node. */
export type MakeId = (prefix: string) => string;

export const randomId: MakeId = (prefix) => {
  const bytes = crypto.getRandomValues(new Uint8Array(5));
  return `${prefix}-${Array.from(bytes, (byte) => (byte % 36).toString(36)).join('')}`;
};

const nodePrefix: Readonly<Record<NodeKind, string>> = {
  client: 'client',
  router: 'router',
  director: 'director',
  realServer: 'rs',
  mysql: 'mysql',
};

/** `rs3` when rs1 and rs2 are there; the first of a kind that is usually alone has no number. */
export function freeName(prefix: string, taken: readonly string[], numbered: boolean): string {
  if (!numbered && !taken.includes(prefix)) return prefix;
  for (let n = numbered ? 1 : 2; ; n++) if (!taken.includes(`${prefix}${n}`)) return `${prefix}${n}`;
}

export function newNode(topology: Topology, kind: NodeKind, makeId: MakeId): Node {
  const prefix = nodePrefix[kind];
  const names = topology.nodes.map(({ name }) => name);
  const like = topology.nodes.findLast((node) => node.kind === kind);
  const networkId = like?.interfaces[0]?.networkId ?? topology.networks[0]?.id;
  return {
    id: makeId(prefix),
    name: freeName(prefix, names, kind === 'realServer'),
    kind,
    agent: null,
    interfaces: networkId === undefined ? [] : [newInterface('eth0', networkId, makeId)],
    gateway: like?.gateway ?? null,
    position: null,
  };
}

export const newInterface = (name: string, networkId: string, makeId: MakeId): Interface => ({
  id: makeId('if'),
  name,
  networkId,
  addresses: [],
});

export const newNetwork = (topology: Topology, cidr: Network['cidrs'][number], makeId: MakeId): Network => ({
  id: makeId('net'),
  name: freeName(
    'network',
    topology.networks.map(({ name }) => name),
    true,
  ),
  cidrs: [cidr],
});

export const newVip = (address: Address, directorId: string, makeId: MakeId): Vip => ({
  id: makeId('vip'),
  address,
  directorId,
});

/** A service with every real server that has an address the director shares a network with. */
export const newService = (
  at: VirtualService['at'],
  destinations: Destination[],
  makeId: MakeId,
): VirtualService => ({
  id: makeId('service'),
  at,
  scheduler: 'wrr',
  schedulerFlags: [],
  persistence: null,
  onePacket: false,
  method: 'masq',
  destinations,
});

/** The first address of a real server, which a destination on it takes. */
export const addressOf = (node: Node): Address | null =>
  node.interfaces.flatMap(({ addresses }) => addresses)[0]?.cidr.address ?? null;

export const newDestination = (node: Node, port: number, makeId: MakeId): Destination | null => {
  const address = addressOf(node);
  if (address === null) return null;
  return {
    id: makeId('dest'),
    nodeId: node.id,
    address,
    port,
    weight: 1,
    upperThreshold: 0,
    lowerThreshold: 0,
    method: null,
  };
};
