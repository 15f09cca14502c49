import { everywhere, hostCidr, networkOf } from './cidr.ts';
import type { HostAddress, HostRoute, HostRule, HostState } from './host-state.ts';
import { ourFirstDirectTable, ourPriority, ourProtocol } from './our-numbers.ts';
import { directReplyRouter } from './replies.ts';
import { replyTables } from './reply-tables.ts';
import { interfaceSysctl } from './sysctls.ts';
import type { Interface, Node, Vip } from './topology.ts';
import type { TopologyIndex } from './topology-index.ts';
import { linked, type Way, waysBy } from './ways.ts';

/**
 * DR at the real server: it takes packets for the VIP (once per VIP, however many services) and never answers ARP for
 * it. Replies leave by the main table; where that leads to the director though a router leads to the clients, a rule
 * takes what comes from the VIP to a table of that router.
 */
export function desiredGateRealServer(
  index: TopologyIndex,
  node: Node,
  ways: readonly Way[],
): Partial<HostState> {
  const served = linked(waysBy('gate', ways)).filter(
    ({ realServer, director }) => realServer.id === node.id && director.id !== node.id,
  );
  if (served.length === 0) return {};
  return {
    sysctls: ['all', 'lo'].flatMap((device) => [
      { name: interfaceSysctl(device, 'arp_ignore'), value: '1' },
      { name: interfaceSysctl(device, 'arp_announce'), value: '2' },
    ]),
    addresses: served.map(({ vip }) => vipOnLoopback(index, vip)),
    ...repliesByRouter(index, served),
  };
}

/** The label counts the cluster's VIPs as drawn, so that another VIP does not relabel this one. */
function vipOnLoopback({ topology }: TopologyIndex, vip: Vip): HostAddress {
  const number = topology.vips.findIndex(({ id }) => id === vip.id) + 1;
  return { interface: 'lo', cidr: hostCidr(vip.address), label: `lo:${number}` };
}

function repliesByRouter(
  index: TopologyIndex,
  served: ReturnType<typeof linked>,
): Pick<HostState, 'rules' | 'routes'> {
  const replies = served.flatMap((way) => {
    const router = directReplyRouter(index, way);
    return router === null ? [] : [{ vip: way.vip, router, device: way.link.realServerInterface }];
  });
  const tableOf = replyTables(
    ourFirstDirectTable,
    replies.map(({ router }) => router),
  );
  return {
    rules: replies.map(
      ({ vip, router }): HostRule => ({
        priority: ourPriority,
        from: hostCidr(vip.address),
        to: null,
        ipProtocol: null,
        sourcePort: null,
        mark: null,
        table: tableOf(router),
        protocol: ourProtocol,
      }),
    ),
    routes: replies.flatMap(({ router, device }): HostRoute[] => {
      const route = {
        type: 'unicast' as const,
        table: tableOf(router),
        interface: device.name,
        onlink: false,
        metric: 0,
        protocol: ourProtocol,
      };
      return [
        { ...route, destination: everywhere(router.family), via: router },
        ...networksOf(device, router.family).map((destination) => ({ ...route, destination, via: null })),
      ];
    }),
  };
}

/** Hosts on the link are reached directly, as by the main table: clients there, and the director that tries the way. */
const networksOf = ({ addresses }: Interface, family: 'ipv4' | 'ipv6') =>
  addresses
    .map(({ cidr }) => cidr)
    .filter(({ address }) => address.family === family)
    .map(networkOf);
