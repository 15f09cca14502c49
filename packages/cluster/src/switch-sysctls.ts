// Which sysctls of which host decide whether a switch can work.
import type { HostFacts } from './host-facts.ts';
import { gatewayNode, interfaceWith, linkTo } from './links.ts';
import { movedWays } from './moved-ways.ts';
import { clientAddresses, directReplyRouter } from './replies.ts';
import type { SwitchOrder } from './switch-steps.ts';
import { interfaceSysctl, type SysctlValues } from './sysctls.ts';
import type { Interface, Node, Topology } from './topology.ts';
import { nodeOfAddress, type TopologyIndex, topologyIndex } from './topology-index.ts';
import type { Way } from './ways.ts';

/**
 * Ids of the nodes whose facts are looked at: directors, real servers, routers of their replies, and for DR whoever is
 * on one of their links, because it may be the one that answers ARP for a VIP.
 */
export function nodesToAsk(topology: Topology, order: SwitchOrder): string[] {
  const index = topologyIndex(topology);
  const ways = movedWays(index, order);
  const ids = ways.flatMap((way) => [way.director.id, way.realServer.id]);
  const routers = ways.flatMap((way) => strictHops(index, way)).map(({ node }) => node.id);
  const networks = new Set(
    ways
      .filter(({ method }) => method === 'gate')
      .flatMap(({ realServer }) => realServer.interfaces.map(({ networkId }) => networkId)),
  );
  const neighbours = topology.nodes
    .filter(({ interfaces }) => interfaces.some(({ networkId }) => networks.has(networkId)))
    .map(({ id }) => id);
  return [...new Set([...ids, ...routers, ...neighbours])];
}

const OF_IPVS = ['conn_lfactor', 'conn_reuse_mode', 'conntrack'].map((name) => `net.ipv4.vs.${name}`);

/** Names of the sysctls to read along with the facts of a node. */
export function factsToRead(topology: Topology, order: SwitchOrder, nodeId: string): string[] {
  const index = topologyIndex(topology);
  const ways = movedWays(index, order);
  const filters = ways
    .flatMap((way) => strictHops(index, way))
    .filter(({ node }) => node.id === nodeId)
    .flatMap(({ incoming }) => ['all', incoming.name])
    .map((device) => interfaceSysctl(device, 'rp_filter'));
  const isDirector = ways.some(({ director }) => director.id === nodeId);
  return [...new Set([...filters, ...(isDirector ? OF_IPVS : [])])].toSorted();
}

export const valuesOf = ({ sysctls }: HostFacts): SysctlValues => {
  const values = new Map(sysctls.map(({ name, value }) => [name, value]));
  return (name) => values.get(name);
};

/** A node where packets of DR come in on one interface while the way back to their source is by another. */
export interface StrictHop {
  readonly node: Node;
  readonly incoming: Interface;
  readonly wayBack: Interface;
}

/** Where strict reverse-path filtering would drop packets of DR. The director's own we put right ourselves. */
export function strictHops(index: TopologyIndex, way: Way): StrictHop[] {
  if (way.method !== 'gate' || way.link === null) return [];
  return [...requestsToRealServer(index, way), ...repliesToRouter(index, way)].filter(
    ({ incoming, wayBack }) => incoming.id !== wayBack.id,
  );
}

/** Requests carry the client's address: the way back is to the client. */
function requestsToRealServer(index: TopologyIndex, { realServer, link }: Way): StrictHop[] {
  if (link === null) return [];
  const incoming = link.realServerInterface;
  return clientAddresses(index).flatMap((cip) => {
    const wayBack = deviceTowards(realServer, cip);
    return wayBack === null ? [] : [{ node: realServer, incoming, wayBack }];
  });
}

/** Replies carry the VIP: the way back of the first router is to the VIP. */
function repliesToRouter(index: TopologyIndex, way: Way): StrictHop[] {
  const { realServer, vip } = way;
  const address = directReplyRouter(index, way) ?? realServer.gateway;
  const node = address && (nodeOfAddress(index, address) ?? gatewayNode(index, realServer));
  if (node?.kind !== 'router') return [];
  const incoming = interfaceWith(node, address ?? vip.address);
  const wayBack = deviceTowards(node, vip.address);
  return incoming === null || wayBack === null ? [] : [{ node, incoming, wayBack }];
}

const deviceTowards = (node: Node, to: Way['vip']['address']): Interface | null =>
  linkTo(node, to) ?? (node.gateway && linkTo(node, node.gateway));
