// The way of packets through the drawing, node by node, as routes have it. For drawing: nothing is decided by it.
import type { Address } from './address.ts';
import { addressesOf } from './links.ts';
import { directReplyRouter, natRepliesNeedRule } from './replies.ts';
import type { Node, Topology } from './topology.ts';
import { nodeOfAddress, type TopologyIndex, topologyIndex } from './topology-index.ts';
import { walk, walkOut } from './walk.ts';
import { type Way, waysOf } from './ways.ts';

/**
 * Ids of the nodes that a request visits: from a client over its routers to the director and on to the real server.
 * Ends where the drawing knows no way on; without a client it starts at the director. Empty for unknown ids.
 */
export function requestPath(topology: Topology, serviceId: string, destinationId: string): string[] {
  const index = topologyIndex(topology);
  const way = wayOf(index, serviceId, destinationId);
  if (way === null) return [];
  const { director, destination, vip } = way;
  const client = firstClient(index);
  const outside = client === null ? [director] : walk(index, client.node, vip.address);
  if (outside.at(-1) !== director) return ids(outside);
  return ids([...outside, ...walk(index, director, destination.address).slice(1)]);
}

/**
 * Ids of the nodes that a reply visits: from the real server to a client, by its gateway or, where there is one, by the
 * reply rule to the director or to a router. Drawn from routes, not from the method: DR replies may pass the director.
 */
export function replyPath(topology: Topology, serviceId: string, destinationId: string): string[] {
  const index = topologyIndex(topology);
  const way = wayOf(index, serviceId, destinationId);
  if (way === null) return [];
  const client = firstClient(index);
  const turn = turnOf(index, way);
  const after = turn ?? way.realServer;
  const rest = client === null ? walkOut(index, after) : walk(index, after, client.address);
  return ids(turn === null ? rest : [way.realServer, ...rest]);
}

const ids = (nodes: readonly Node[]) => nodes.map(({ id }) => id);

const wayOf = (index: TopologyIndex, serviceId: string, destinationId: string): Way | null =>
  waysOf(index).find(
    ({ service, destination }) => service.id === serviceId && destination.id === destinationId,
  ) ?? null;

/** The node to which a rule on the real server takes the replies, if there is one. */
function turnOf(index: TopologyIndex, way: Way): Node | null {
  if (way.method === 'masq') return natRepliesNeedRule(index, way) ? way.director : null;
  const router = way.method === 'gate' ? directReplyRouter(index, way) : null;
  return router && nodeOfAddress(index, router);
}

/** The first drawn client that has an address stands for all. */
function firstClient(index: TopologyIndex): { readonly node: Node; readonly address: Address } | null {
  const clients = index.topology.nodes.filter(({ kind }) => kind === 'client');
  const holders = clients.flatMap((node) =>
    node.interfaces.flatMap(addressesOf).map((address) => ({ node, address })),
  );
  return holders[0] ?? null;
}
