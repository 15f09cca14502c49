// The way of packets over the drawn routes: connected networks and default gateways.
import type { Address } from './address.ts';
import { gatewayNode, linkTo } from './links.ts';
import type { Node } from './topology.ts';
import { nodeOfAddress, type TopologyIndex } from './topology-index.ts';

/** From a node to the owner of an address: over the link where it is on one, else to the gateway. */
export function walk(index: TopologyIndex, from: Node, to: Address): Node[] {
  const owner = nodeOfAddress(index, to);
  return follow(from, (node) => {
    if (node === owner) return null;
    return linkTo(node, to) === null ? gatewayNode(index, node) : owner;
  });
}

/** From gateway to gateway, to the edge of the drawing. */
export const walkOut = (index: TopologyIndex, from: Node) => follow(from, (node) => gatewayNode(index, node));

/** Steps until there is no next node, or one that was visited: gateways may point at each other. */
function follow(from: Node, next: (node: Node) => Node | null): Node[] {
  const visited = new Set([from]);
  for (let node = next(from); node !== null && !visited.has(node); node = next(node)) visited.add(node);
  return [...visited];
}
