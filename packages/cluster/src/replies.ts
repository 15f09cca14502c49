// Where a real server's replies go by its own routes, and what must turn them where they have to go.
import { compareAddresses } from './address-kind.ts';
import type { Address } from './address.ts';
import { addressesOf, gatewayNode, isOnLink, linkTo } from './links.ts';
import type { Node } from './topology.ts';
import type { TopologyIndex } from './topology-index.ts';
import { walk, walkOut } from './walk.ts';
import type { Way } from './ways.ts';

/**
 * Whether NAT replies would miss the director: it is not the real server's gateway, or a client is on a link of the
 * real server itself. Then a rule on the real server must bring them back.
 */
export function natRepliesNeedRule(
  index: TopologyIndex,
  { director, realServer }: Pick<Way, 'director' | 'realServer'>,
): boolean {
  if (gatewayNode(index, realServer)?.id !== director.id) return true;
  return clientAddresses(index).some((cip) => linkTo(realServer, cip) !== null);
}

/**
 * The router that DR replies should take though the real server's gateway is the director: one on the link that leads
 * to the clients without the director. Null where the gateway is another node, and where there is no such router: then
 * replies go by the main table.
 */
export function directReplyRouter(index: TopologyIndex, way: Way): Address | null {
  const { director, realServer, link } = way;
  if (link === null || gatewayNode(index, realServer)?.id !== director.id) return null;
  const device = link.realServerInterface;
  const routers = index.topology.nodes
    .filter((node) => node.kind === 'router' && leadsOut(index, node, director))
    .flatMap(({ interfaces }) => interfaces)
    .filter(({ networkId }) => networkId === device.networkId)
    .flatMap(addressesOf)
    .filter((address) => isOnLink(device, address));
  return routers.toSorted(compareAddresses)[0] ?? null;
}

/** Whether every drawn client is reached from the router without the director; without clients, whether it leads on. */
function leadsOut(index: TopologyIndex, router: Node, director: Node): boolean {
  const clients = clientAddresses(index);
  if (clients.length === 0) {
    return router.interfaces.length > 1 && !walkOut(index, router).includes(director);
  }
  return clients.every((cip) => {
    const path = walk(index, router, cip);
    return path.at(-1)?.kind === 'client' && !path.includes(director);
  });
}

/** Whether DR replies come back through the director, which then has to forward packets from its own VIP. */
export function directRepliesPassDirector(index: TopologyIndex, way: Way): boolean {
  const { director, realServer } = way;
  if (directReplyRouter(index, way) !== null) return false;
  const clients = clientAddresses(index);
  if (clients.length === 0) return gatewayNode(index, realServer)?.id === director.id;
  return clients.some((cip) => walk(index, realServer, cip).includes(director));
}

/** Every address of every drawn client. */
export const clientAddresses = ({ topology }: TopologyIndex): Address[] =>
  topology.nodes
    .filter(({ kind }) => kind === 'client')
    .flatMap(({ interfaces }) => interfaces)
    .flatMap(addressesOf);
