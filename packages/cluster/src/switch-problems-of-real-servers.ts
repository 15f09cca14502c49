import type { HostFacts } from './host-facts.ts';
import { endpointText } from './keys.ts';
import { isListening, isWildcard, listenersAt } from './listeners.ts';
import { methodNames } from './method-names.ts';
import { directReplyRouter, natRepliesNeedRule } from './replies.ts';
import { type FactsByNode, pathOfWay, switchProblem, type FoundProblem } from './switch-problem.ts';
import { strictHops, valuesOf } from './switch-sysctls.ts';
import { effectiveSysctl, interfaceSysctl } from './sysctls.ts';
import { serviceName, type TopologyIndex } from './topology-index.ts';
import type { Way } from './ways.ts';

/** What was found on the real servers, and on the routers of their replies, that would break the new way. */
export function problemsOfRealServers(
  index: TopologyIndex,
  ways: readonly Way[],
  facts: FactsByNode,
): FoundProblem[] {
  return ways.flatMap((way) => {
    const found = facts.get(way.realServer.id);
    return [
      ...(found ? [...problemsOfServer(index, way, found), ...problemsOfKernel(index, way, found)] : []),
      ...problemsOfReversePath(index, way, facts),
    ];
  });
}

/** Whether a rule on the real server must turn its replies: what does not come from a local socket it cannot turn. */
const needsRule = (index: TopologyIndex, way: Way): boolean =>
  way.method === 'masq' ? natRepliesNeedRule(index, way) : directReplyRouter(index, way) !== null;

/** What the server there is bound to. By DR it is spoken to at the VIP, by NAT at the destination's address. */
function problemsOfServer(index: TopologyIndex, way: Way, found: HostFacts): FoundProblem[] {
  const { service, destination, vip, realServer, method } = way;
  const { protocol } = service.at;
  const { port } = destination;
  const address = method === 'gate' ? vip.address : destination.address;
  const names = { service: serviceName(index, service), node: realServer.name };
  const translated = found.translatedPorts.find((one) => one.protocol === protocol && one.port === port);
  if (translated !== undefined) {
    const values = { ...names, method: methodNames[method], port: String(port), to: translated.to };
    return needsRule(index, way) ? [switchProblem('translatedByHost', pathOfWay(way), values)] : [];
  }
  const there = listenersAt(found, protocol, port);
  if (!isListening(found, { protocol, address, port })) {
    const listens = there.map((one) => endpointText(one.address, one.port)).join(', ') || '-';
    const values = { ...names, port: String(port), listens };
    return [
      method === 'gate'
        ? switchProblem('noListenerOnVip', pathOfWay(way), { ...values, vip: address.text })
        : switchProblem('noListenerOnAddress', pathOfWay(way), { ...values, address: address.text }),
    ];
  }
  const isBound = there.some((one) => !isWildcard(one) && one.address.text === address.text);
  const isLost = protocol === 'udp' && !isBound && (method === 'gate' || needsRule(index, way));
  const values = { ...names, method: methodNames[method], address: address.text };
  return isLost ? [switchProblem('wildcardUdp', pathOfWay(way), values)] : [];
}

function problemsOfKernel(index: TopologyIndex, way: Way, found: HostFacts): FoundProblem[] {
  if (way.method !== 'masq' || !natRepliesNeedRule(index, way)) return [];
  if (hasSourcePortRules(found.kernelRelease)) return [];
  const values = {
    node: way.realServer.name,
    release: found.kernelRelease,
    service: serviceName(index, way.service),
  };
  return [switchProblem('kernelTooOld', pathOfWay(way), values)];
}

/** `ip rule ... sport` came with Linux 4.17. A release we cannot read is taken for a new one. */
function hasSourcePortRules(release: string): boolean {
  const [, major, minor] = /^(\d+)\.(\d+)/.exec(release) ?? [];
  if (major === undefined || minor === undefined) return true;
  return Number(major) > 4 || (Number(major) === 4 && Number(minor) >= 17);
}

function problemsOfReversePath(index: TopologyIndex, way: Way, facts: FactsByNode): FoundProblem[] {
  return strictHops(index, way).flatMap(({ node, incoming, wayBack }) => {
    const found = facts.get(node.id);
    const sysctl = interfaceSysctl(incoming.name, 'rp_filter');
    if (!found || effectiveSysctl(sysctl, valuesOf(found)) !== '1') return [];
    const problem = switchProblem('strictReversePath', ['nodes', node.id, 'interfaces', incoming.id], {
      node: node.name,
      interface: incoming.name,
      other: wayBack.name,
      service: serviceName(index, way.service),
      sysctl,
    });
    return [problem];
  });
}
