import type { HostState } from './host-state.ts';
import type { PreparedWay } from './switch-steps.ts';
import type { Node } from './topology.ts';
import type { TopologyIndex } from './topology-index.ts';
import { waysBy, waysOf } from './ways.ts';

/**
 * Under DR a director hears clients only: to it a connection that ended is in FIN_WAIT for minutes (ip_vs_proto_tcp.c).
 * A client that comes again from the same port belongs to that entry, and would be sent to a real server that has the
 * VIP no more, unless bit 2 of conn_reuse_mode asks for a fresh decision (ip_vs_core.c is_new_conn_expected).
 */
export function desiredRememberingDirector(
  index: TopologyIndex,
  node: Node,
  remembered: readonly PreparedWay[],
): Partial<HostState> {
  if (remembered.length === 0) return {};
  const gone = new Set(remembered.map(({ serviceId }) => serviceId));
  const ways = waysBy('gate', waysOf(index, remembered)).filter(({ service }) => gone.has(service.id));
  return ways.some(({ director }) => director.id === node.id) ? { sysctls: [freshDecision] } : {};
}

export const freshDecision = { name: 'net.ipv4.vs.conn_reuse_mode', value: '3' } as const;
