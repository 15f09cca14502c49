import { repeated } from './repeated.ts';
import { problemsOfScheduling } from './problems-of-scheduling.ts';
import { serviceKeyText } from './keys.ts';
import { isPersistenceNetmask } from './persistence-netmask.ts';
import type { VirtualService } from './topology.ts';
import { serviceKeyOf, serviceName, type TopologyIndex } from './topology-index.ts';
import { topologyProblem, type TopologyProblem } from './topology-problem.ts';

/** Virtual services, apart from where their destinations are. */
export function problemsOfServices(index: TopologyIndex): TopologyProblem[] {
  const { services } = index.topology;
  const keyed = services.flatMap((service) => {
    const key = serviceKeyOf(index, service);
    return key === null ? [] : [{ service, text: serviceKeyText(key) }];
  });
  return [
    ...services.flatMap((service) => problemsOfService(index, service)),
    ...repeated(keyed, ({ text }) => text).map(({ item: { service, text } }) =>
      topologyProblem('duplicateService', ['services', service.id, 'at'], { service: text }),
    ),
  ];
}

function problemsOfService(index: TopologyIndex, service: VirtualService): TopologyProblem[] {
  const path = ['services', service.id];
  const name = serviceName(index, service);
  const { at, destinations, onePacket } = service;
  const unknownVip = !index.vips.has(at.vipId);
  const allDead = destinations.length > 0 && destinations.every(({ weight }) => weight === 0);
  return [
    ...(unknownVip ? [topologyProblem('unknownVip', [...path, 'at', 'vipId'], { service: name })] : []),
    ...(destinations.length === 0
      ? [topologyProblem('emptyService', [...path, 'destinations'], { service: name })]
      : []),
    ...(allDead ? [topologyProblem('noLiveDestination', [...path, 'destinations'], { service: name })] : []),
    ...(onePacket && at.protocol !== 'udp'
      ? [topologyProblem('onePacketNeedsUdp', [...path, 'onePacket'], { service: name })]
      : []),
    ...problemsOfPersistence(index, service),
    ...problemsOfScheduling(service, name),
  ];
}

function problemsOfPersistence(index: TopologyIndex, service: VirtualService): TopologyProblem[] {
  const { id, at, persistence } = service;
  if (persistence === null) return [];
  const name = serviceName(index, service);
  const family = index.vips.get(at.vipId)?.address.family ?? 'ipv4';
  const { netmask, engine } = persistence;
  const path = ['services', id, 'persistence'];
  return [
    ...(isPersistenceNetmask(netmask, family)
      ? []
      : [topologyProblem('netmaskNotUsable', [...path, 'netmask'], { service: name, netmask })]),
    ...(engine === 'sip' && at.protocol !== 'udp'
      ? [topologyProblem('sipEngineNeedsUdp', [...path, 'engine'], { service: name })]
      : []),
  ];
}
