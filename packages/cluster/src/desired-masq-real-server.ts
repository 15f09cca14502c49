import { everywhere, hostCidr } from './cidr.ts';
import type { HostRoute, HostRule, HostState } from './host-state.ts';
import { addressesOf, type InnerLink, isOnLink } from './links.ts';
import { lastResortMetric, ourFirstTable, ourPriority, ourProtocol } from './our-numbers.ts';
import { natRepliesNeedRule } from './replies.ts';
import { replyTables } from './reply-tables.ts';
import type { Node } from './topology.ts';
import type { TopologyIndex } from './topology-index.ts';
import { linked, type Way, waysBy } from './ways.ts';

/**
 * NAT at the real server: replies must pass the director, which knows the connection. Nothing to do where they do
 * already; else a rule takes replies (from RIP, source port of the destination) to a table that leads to the director.
 */
export function desiredMasqRealServer(
  index: TopologyIndex,
  node: Node,
  ways: readonly Way[],
): Partial<HostState> {
  const replies = linked(waysBy('masq', ways))
    .filter(({ realServer }) => realServer.id === node.id)
    .filter((way) => natRepliesNeedRule(index, way));
  const links = new Map(replies.map(({ link }) => [link.dip.text, link]));
  const tableOf = replyTables(
    ourFirstTable,
    [...links.values()].map(({ dip }) => dip),
  );
  return {
    rules: replies.map(
      ({ service, destination, link }): HostRule => ({
        priority: ourPriority,
        from: hostCidr(destination.address),
        to: null,
        ipProtocol: service.at.protocol,
        sourcePort: destination.port,
        mark: null,
        table: tableOf(link.dip),
        protocol: ourProtocol,
      }),
    ),
    routes: [...links.values()].flatMap((link) => replyTable(index, link, tableOf(link.dip))),
  };
}

/**
 * The default route by way of the director, and around it the neighbours that talk to this port themselves: other
 * directors (their checks), and MySQL nodes. They would lose the real server when the director is down. The connected
 * network as a whole is left out: clients in it need the way over the director.
 *
 * A link that goes down takes these routes along, and not the rule: replies would fall through to the main table and
 * reach clients past the director, which reset what they do not know. The last resort has no link, so it stays; what it
 * drops TCP sends again.
 */
function replyTable(index: TopologyIndex, link: InnerLink, table: number): HostRoute[] {
  const device = link.realServerInterface;
  const ours = { table, onlink: false, protocol: ourProtocol };
  const route = { ...ours, type: 'unicast' as const, interface: device.name, metric: 0 };
  const all = everywhere(link.dip.family);
  const neighbours = index.topology.nodes
    .filter(
      ({ kind, interfaces }) =>
        (kind === 'director' || kind === 'mysql') && !interfaces.includes(link.directorInterface),
    )
    .flatMap(({ interfaces }) => interfaces)
    .filter(({ networkId }) => networkId === device.networkId)
    .flatMap(addressesOf)
    .filter((address) => address.family === link.dip.family && isOnLink(device, address));
  return [
    { ...route, destination: all, via: link.dip },
    ...neighbours.map((address) => ({ ...route, destination: hostCidr(address), via: null })),
    { ...ours, type: 'blackhole', destination: all, via: null, interface: null, metric: lastResortMetric },
  ];
}
