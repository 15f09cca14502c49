// Host objects as ipvsadm(8) arguments: what `describe` shows and what the saved text holds.
import type { HostDestination, HostService, ServiceKey } from './host-state.ts';
import { endpointText } from './keys.ts';

export const protocolOptions = { tcp: '-t', udp: '-u', sctp: '--sctp-service' } as const;
export const methodOptions = { masq: '-m', gate: '-g', ipip: '-i' } as const;

/** `-t 192.168.0.111:80`, `-f 10`, `-f 10 -6`. */
export function serviceSelector(key: ServiceKey): string[] {
  if (key.kind === 'address') return [protocolOptions[key.protocol], endpointText(key.address, key.port)];
  return ['-f', String(key.mark), ...(key.family === 'ipv6' ? ['-6'] : [])];
}

/** Selector and options in the order of `ipvsadm -S` (ipvsadm.c dump_service); a full netmask is left out as there. */
export function serviceArguments(service: HostService): string[] {
  const { key, scheduler, schedulerFlags, persistence, onePacket } = service;
  return [
    ...serviceSelector(key),
    '-s',
    scheduler,
    ...(persistence === null ? [] : ['-p', String(persistence.timeoutSeconds)]),
    ...(persistence === null || isFullNetmask(persistence.netmask) ? [] : ['-M', persistence.netmask]),
    ...(persistence?.engine ? ['--pe', persistence.engine] : []),
    ...(onePacket ? ['-o'] : []),
    ...(schedulerFlags.length === 0 ? [] : ['-b', schedulerFlags.toSorted().join(',')]),
  ];
}

/** One client per persistence template: what ipvsadm assumes without -M. */
export const isFullNetmask = (netmask: string): boolean => ['255.255.255.255', '128'].includes(netmask);

export const destinationSelector = (service: ServiceKey, destination: HostDestination): string[] => [
  ...serviceSelector(service),
  '-r',
  endpointText(destination.address, destination.port),
];

/**
 * Selector and every option: ipvsadm takes a missing one for its default (-g, weight 1, no thresholds), also in -e.
 * Thresholds are not in `ipvsadm -S`, but `-R` reads them. A method that the kernel chose by itself (local) or that
 * ipvsadm has no option for is written as -g, which gives it back.
 */
export function destinationArguments(service: ServiceKey, destination: HostDestination): string[] {
  const { method, weight, upperThreshold, lowerThreshold } = destination;
  return [
    ...destinationSelector(service, destination),
    method === 'local' || method === 'bypass' ? '-g' : methodOptions[method],
    '-w',
    String(weight),
    ...(upperThreshold === 0 ? [] : ['-x', String(upperThreshold)]),
    ...(lowerThreshold === 0 ? [] : ['-y', String(lowerThreshold)]),
    ...tunnelArguments(destination),
  ];
}

/** As ipvsadm.c print_tunnel_rule has it. */
function tunnelArguments({ method, tunnel }: HostDestination): string[] {
  if (method !== 'ipip') return [];
  if (tunnel === null || tunnel.type === 'ipip') return ['--tun-type', 'ipip'];
  const port = tunnel.type === 'gue' ? ['--tun-port', String(tunnel.port)] : [];
  return ['--tun-type', tunnel.type, ...port, `--tun-${tunnel.checksum}`];
}
