import { clientSideInterface } from './client-side.ts';
import type { HostState } from './host-state.ts';
import { isOnLink } from './links.ts';
import { clientAddresses } from './replies.ts';
import { interfaceSysctl } from './sysctls.ts';
import type { Node } from './topology.ts';
import type { TopologyIndex } from './topology-index.ts';
import { type Way, waysBy } from './ways.ts';

/**
 * NAT at the director: it forwards. Where clients and real servers are behind one interface it must not tell them of
 * the shorter way (ICMP redirects), which would lead replies past it; all or one of `all` and the interface says yes.
 */
export function desiredMasqDirector(
  index: TopologyIndex,
  node: Node,
  ways: readonly Way[],
): Partial<HostState> {
  const served = waysBy('masq', ways).filter(({ director }) => director.id === node.id);
  if (served.length === 0) return {};
  const oneArm = served.flatMap(({ vip, link }) => {
    const inner = link?.directorInterface;
    if (inner === undefined) return [];
    const isOuter = clientSideInterface(index, node, vip)?.id === inner.id;
    return isOuter || clientAddresses(index).some((cip) => isOnLink(inner, cip)) ? [inner.name] : [];
  });
  const quiet = oneArm.length === 0 ? [] : ['all', ...new Set(oneArm)];
  return {
    sysctls: [
      { name: 'net.ipv4.ip_forward', value: '1' },
      ...quiet.map((device) => ({ name: interfaceSysctl(device, 'send_redirects'), value: '0' })),
    ],
  };
}
