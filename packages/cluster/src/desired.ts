import { compareText } from './address-kind.ts';
import { desiredDirector } from './desired-director.ts';
import { desiredGateDirector } from './desired-gate-director.ts';
import { desiredGateRealServer } from './desired-gate-real-server.ts';
import { desiredMasqDirector } from './desired-masq-director.ts';
import { desiredMasqRealServer } from './desired-masq-real-server.ts';
import { desiredRememberingDirector } from './desired-remembering-director.ts';
import { desiredRouter } from './desired-router.ts';
import { emptyHostState, type HostState } from './host-state.ts';
import { compareServiceKeys } from './keys.ts';
import { objectKey } from './object-key.ts';
import { isReady, type PreparedWay } from './switch-steps.ts';
import type { Node, Topology } from './topology.ts';
import { topologyIndex } from './topology-index.ts';
import { waysOf } from './ways.ts';

/**
 * What the node's host should have. Pure; it asks for a topology without errors (`problemsOf`), and leaves out what
 * cannot be worked out in one that has them. A node that is not in the topology should have nothing of ours. `host`
 * addresses and default gateways are facts and never in it. The host is ready for the prepared ways besides those in use:
 * they add all that their method needs, but destinations keep the method in use. Of a remembered way only its directors know.
 */
export function desiredFor(
  topology: Topology,
  nodeId: string,
  prepared: readonly PreparedWay[] = [],
): HostState {
  const index = topologyIndex(topology);
  const node = index.nodes.get(nodeId);
  if (node === undefined) return emptyHostState;
  const ways = waysOf(index, prepared.filter(isReady));
  const remembered = prepared.filter((way) => !isReady(way));
  return together([
    drawnAddresses(node),
    desiredDirector(index, node),
    desiredMasqDirector(index, node, ways),
    desiredMasqRealServer(index, node, ways),
    desiredGateDirector(index, node, ways),
    desiredGateRealServer(index, node, ways),
    desiredRememberingDirector(index, node, remembered),
    desiredRouter(index, node, ways),
  ]);
}

/** The addresses that the operator asked us to put up, such as the router's 10.0.0.200/8. */
const drawnAddresses = (node: Node): Partial<HostState> => ({
  addresses: node.interfaces.flatMap((device) =>
    device.addresses
      .filter(({ origin }) => origin === 'signalbox')
      .map(({ cidr }) => ({ interface: device.name, cidr, label: null })),
  ),
});

/** One state of all parts: what several ask for is there once. */
function together(parts: readonly Partial<HostState>[]): HostState {
  return {
    services: parts
      .flatMap(({ services = [] }) => services)
      .toSorted((a, b) => compareServiceKeys(a.key, b.key)),
    addresses: once(
      parts.flatMap(({ addresses = [] }) => addresses),
      (address) => objectKey({ kind: 'address', address }),
    ),
    routes: once(
      parts.flatMap(({ routes = [] }) => routes),
      (route) => objectKey({ kind: 'route', route }),
    ),
    rules: once(
      parts.flatMap(({ rules = [] }) => rules),
      (rule) => objectKey({ kind: 'rule', rule }),
    ),
    sysctls: once(
      parts.flatMap(({ sysctls = [] }) => sysctls),
      ({ name }) => name,
    ),
    marks: [],
  };
}

/** Each item once, in the order of its key: the same topology always gives the same text. */
function once<T>(items: readonly T[], keyOf: (item: T) => string): T[] {
  const byKey = new Map(items.map((item) => [keyOf(item), item]));
  return [...byKey].toSorted(([a], [b]) => compareText(a, b)).map(([, item]) => item);
}
