// Canaries as host state: the agent lays them over what its host should have, and the ordinary plan does the rest.
import { type Canary, isCanaryMark, isCanaryService } from './canary.ts';
import { hostCidr } from './cidr.ts';
import type {
  HostAddress,
  HostMark,
  HostServiceWithDestinations,
  HostState,
  HostSysctl,
} from './host-state.ts';
import { interfaceSysctl } from './sysctls.ts';

/**
 * A mark per source and a service with one destination per canary. `addresses` are the host's: where it probes DR from
 * one of its own, the reply comes from its own VIP, which its interface must let in.
 */
export function canaryState(
  canaries: readonly Canary[],
  addresses: readonly HostAddress[] = [],
): Pick<HostState, 'services' | 'marks' | 'sysctls'> {
  const sysctls = canaries.flatMap((canary) => repliesFromOwnVip(canary, addresses));
  return {
    services: canaries.map(canaryService),
    marks: canaries.flatMap(canaryMarks),
    sysctls: [...new Map(sysctls.map((sysctl) => [sysctl.name, sysctl])).values()],
  };
}

/** What the host should have, and the canaries over it. Where both want a sysctl they want the same. */
export function withCanaries(
  desired: HostState,
  canaries: readonly Canary[],
  addresses: readonly HostAddress[],
): HostState {
  const { services, marks, sysctls } = canaryState(canaries, addresses);
  const wanted = new Set(desired.sysctls.map(({ name }) => name));
  return {
    ...desired,
    services: [...desired.services, ...services],
    marks: [...desired.marks, ...marks],
    sysctls: [...desired.sysctls, ...sysctls.filter(({ name }) => !wanted.has(name))],
  };
}

/** The state without canaries, as people should see it. */
export const withoutCanaries = (state: HostState): HostState => ({
  ...state,
  services: state.services.filter(({ key }) => !isCanaryService(key)),
  marks: state.marks.filter(({ mark }) => !isCanaryMark(mark)),
});

const canaryService = ({ vip, mark, destination, method }: Canary): HostServiceWithDestinations => ({
  key: { kind: 'fwmark', family: vip.family, mark },
  scheduler: 'rr',
  schedulerFlags: [],
  persistence: null,
  onePacket: false,
  destinations: [{ ...destination, method, weight: 1, upperThreshold: 0, lowerThreshold: 0, tunnel: null }],
});

const canaryMarks = ({ protocol, sources, sourcePorts, vip, port, mark }: Canary): HostMark[] =>
  sources.map((source) => ({
    protocol,
    from: hostCidr(source),
    sourcePorts,
    address: vip,
    ports: [port],
    mark,
  }));

function repliesFromOwnVip({ method, sources }: Canary, addresses: readonly HostAddress[]): HostSysctl[] {
  if (method !== 'gate') return [];
  const own = addresses.filter(({ cidr }) => sources.some(({ text }) => text === cidr.address.text));
  return own.flatMap((address) => [
    { name: interfaceSysctl(address.interface, 'accept_local'), value: '1' },
    { name: interfaceSysctl(address.interface, 'rp_filter'), value: '2' },
  ]);
}
