// The way of packets through the drawing, node by node, as routes have it. For drawing: nothing is decided by it.
import type { Address } from './address.ts';
import { addressesOf, gatewayNode, linkTo } from './links.ts';
import { masqDestinations, repliesNeedRule } from './masq-destinations.ts';
import type { Node, Topology } from './topology.ts';
import { directorOf, nodeOfAddress, type TopologyIndex, topologyIndex } from './topology-index.ts';

/**
 * Ids of the nodes that a request visits: from a client over its routers to the director and on to the real server.
 * Ends where the drawing knows no way on; without a client it starts at the director. Empty for unknown ids.
 */
export function requestPath(topology: Topology, serviceId: string, destinationId: string): string[] {
  const index = topologyIndex(topology);
  const ends = endsOf(index, serviceId, destinationId);
  if (ends === null) return [];
  const { client, director, destination, vip } = ends;
  const outside = client === null ? [director] : walk(index, client.node, vip);
  if (outside.at(-1) !== director) return ids(outside);
  return ids([...outside, ...walk(index, director, destination.address).slice(1)]);
}

/**
 * Ids of the nodes that a reply visits: from the real server to a client, by its gateway or, where NAT needs one, by
 * the reply rule to the director. Drawn from routes, not from the method: DR replies may pass the director too.
 */
export function replyPath(topology: Topology, serviceId: string, destinationId: string): string[] {
  const index = topologyIndex(topology);
  const ends = endsOf(index, serviceId, destinationId);
  if (ends === null) return [];
  const { client, director, realServer } = ends;
  const byRule = masqDestinations(index).some(
    (one) =>
      one.service.id === serviceId && one.destination.id === destinationId && repliesNeedRule(index, one),
  );
  const after = byRule ? director : realServer;
  const rest = client === null ? walkOut(index, after) : walk(index, after, client.address);
  return ids(byRule ? [realServer, ...rest] : rest);
}

const ids = (nodes: readonly Node[]) => nodes.map(({ id }) => id);

function endsOf(index: TopologyIndex, serviceId: string, destinationId: string) {
  const service = index.topology.services.find(({ id }) => id === serviceId);
  const destination = service?.destinations.find(({ id }) => id === destinationId);
  const realServer = destination && index.nodes.get(destination.nodeId);
  const director = service && directorOf(index, service);
  const vip = service && index.vips.get(service.at.vipId)?.address;
  if (!destination || !realServer || !director || !vip) return null;
  return { client: firstClient(index), director, realServer, destination, vip };
}

/** The first drawn client that has an address stands for all. */
function firstClient(index: TopologyIndex): { readonly node: Node; readonly address: Address } | null {
  const clients = index.topology.nodes.filter(({ kind }) => kind === 'client');
  const holders = clients.flatMap((node) =>
    node.interfaces.flatMap(addressesOf).map((address) => ({ node, address })),
  );
  return holders[0] ?? null;
}

/** From a node to the owner of an address: over the link where it is on one, else to the gateway. */
function walk(index: TopologyIndex, from: Node, to: Address): Node[] {
  const owner = nodeOfAddress(index, to);
  return follow(from, (node) => {
    if (node === owner) return null;
    return linkTo(node, to) === null ? gatewayNode(index, node) : owner;
  });
}

/** From gateway to gateway, to the edge of the drawing. */
const walkOut = (index: TopologyIndex, from: Node) => follow(from, (node) => gatewayNode(index, node));

/** Steps until there is no next node, or one that was visited: gateways may point at each other. */
function follow(from: Node, next: (node: Node) => Node | null): Node[] {
  const visited = new Set([from]);
  for (let node = next(from); node !== null && !visited.has(node); node = next(node)) visited.add(node);
  return [...visited];
}
