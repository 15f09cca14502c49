import { hostCidr } from './cidr.ts';
import { freshDecision } from './desired-remembering-director.ts';
import type { HostRoute, HostState, HostSysctl } from './host-state.ts';
import { mainTable, ourProtocol } from './our-numbers.ts';
import { directRepliesPassDirector } from './replies.ts';
import { interfaceSysctl } from './sysctls.ts';
import type { Node } from './topology.ts';
import type { TopologyIndex } from './topology-index.ts';
import { linked, type LinkedWay, type Way, waysBy } from './ways.ts';

/**
 * DR at the director: a pinned route to each real server, and no redirects. The kernel keeps one cached route per
 * destination for both methods; one that a NAT packet filled has no next hop, and DR packets would then ask the link
 * for the VIP itself. The pinned route gives both the same next hop. A client's port that comes again gets a fresh
 * decision, not the method of its former connection.
 */
export function desiredGateDirector(
  index: TopologyIndex,
  node: Node,
  ways: readonly Way[],
): Partial<HostState> {
  const served = linked(waysBy('gate', ways)).filter(({ director }) => director.id === node.id);
  if (served.length === 0) return {};
  const inner = new Set(served.map(({ link }) => link.directorInterface.name));
  return {
    routes: served.map(pinnedRoute),
    sysctls: [
      freshDecision,
      ...['all', ...inner].map((device) => ({ name: interfaceSysctl(device, 'send_redirects'), value: '0' })),
      ...served.filter((way) => directRepliesPassDirector(index, way)).flatMap(forwardsReplies),
    ],
  };
}

const pinnedRoute = ({ destination, link }: LinkedWay): HostRoute => ({
  type: 'unicast',
  table: mainTable,
  destination: hostCidr(destination.address),
  via: destination.address,
  interface: link.directorInterface.name,
  onlink: true,
  metric: 0,
  protocol: ourProtocol,
});

/**
 * Replies come from the director's own VIP: packets that the kernel drops as forged unless it accepts local sources
 * there. Strict reverse-path filtering (1) drops them even so; 2 is written because the stricter of `all` and the
 * interface counts, as the larger number.
 */
function forwardsReplies({ link }: LinkedWay): HostSysctl[] {
  const device = link.directorInterface.name;
  return [
    { name: 'net.ipv4.ip_forward', value: '1' },
    { name: interfaceSysctl(device, 'accept_local'), value: '1' },
    { name: interfaceSysctl(device, 'rp_filter'), value: '2' },
  ];
}
