import { canonicalAddress } from './address-text.ts';
import type { HostDestination, HostServiceWithDestinations, ServiceKey } from './host-state.ts';
import { type IpvsadmOptions, ipvsadmOptions } from './ipvsadm-options.ts';
import { endpointText, sameServiceKey, serviceKeyText } from './keys.ts';

/** A table that was read, or the first line that could not be. */
export type IpvsadmParse =
  | { readonly kind: 'ok'; readonly services: readonly HostServiceWithDestinations[] }
  | { readonly kind: 'failed'; readonly line: number; readonly message: string };

/**
 * Reads what `ipvsadm -S -n` prints and `ipvsadm -R` takes: a command per line, `#` starts a comment line, addresses and
 * ports as numbers. Options left out have ipvsadm's defaults (wlc, -g, weight 1, 360 s). `line` counts from 1.
 */
export function parseIpvsadmText(text: string): IpvsadmParse {
  const services: HostServiceWithDestinations[] = [];
  for (const [index, line] of text.split('\n').entries()) {
    if (line.trim() === '' || line.startsWith('#')) continue;
    const message = readLine(services, line);
    if (message !== null) return { kind: 'failed', line: index + 1, message };
  }
  return { kind: 'ok', services };
}

/** Adds what the line makes; answers what is wrong with it, or null. */
function readLine(services: HostServiceWithDestinations[], line: string): string | null {
  const options = ipvsadmOptions(line);
  if (typeof options === 'string') return options;
  const key = serviceKey(options);
  if (key === null) return 'no service: -t, -u or --sctp-service ADDRESS:PORT, or -f MARK';
  const service = services.find((other) => sameServiceKey(other.key, key));
  if (options.has('-A')) {
    if (service) return `${serviceKeyText(key)} is there already`;
    services.push({ ...serviceOf(key, options), destinations: [] });
    return null;
  }
  if (!options.has('-a')) return 'neither -A nor -a';
  if (!service) return `${serviceKeyText(key)} is not there`;
  const destination = destinationOf(options);
  if (typeof destination === 'string') return destination;
  const at = endpointText(destination.address, destination.port);
  if (service.destinations.some(({ address, port }) => endpointText(address, port) === at))
    return `${at} is there already`;
  service.destinations.push(destination);
  return null;
}

const selectors = [
  ['-t', 'tcp'],
  ['-u', 'udp'],
  ['--sctp-service', 'sctp'],
] as const;

function serviceKey(options: IpvsadmOptions): ServiceKey | null {
  const mark = wholeNumber(options.get('-f'), 0xffffffff);
  if (mark !== null && mark > 0) return { kind: 'fwmark', family: options.has('-6') ? 'ipv6' : 'ipv4', mark };
  for (const [option, protocol] of selectors) {
    const endpoint = parseEndpoint(options.get(option) ?? '');
    if (endpoint !== null) return { kind: 'address', protocol, ...endpoint };
  }
  return null;
}

function serviceOf(key: ServiceKey, options: IpvsadmOptions) {
  const flags = options.get('-b') ?? '';
  const full =
    (key.kind === 'address' ? key.address.family : key.family) === 'ipv4' ? '255.255.255.255' : '128';
  const persistence = {
    timeoutSeconds: Number(options.get('-p') || 360),
    netmask: options.get('-M') ?? full,
    engine: options.get('--pe') ?? null,
  };
  return {
    key,
    scheduler: options.get('-s') ?? 'wlc',
    schedulerFlags: flags === '' ? [] : flags.split(','),
    persistence: options.has('-p') ? persistence : null,
    onePacket: options.has('-o'),
  };
}

function destinationOf(options: IpvsadmOptions): HostDestination | string {
  const endpoint = parseEndpoint(options.get('-r') ?? '');
  const weight = wholeNumber(options.get('-w') ?? '1', 0x7fffffff);
  const upperThreshold = wholeNumber(options.get('-x') ?? '0', 0xffffffff);
  const lowerThreshold = wholeNumber(options.get('-y') ?? '0', 0xffffffff);
  if (endpoint === null) return 'no destination: -r ADDRESS:PORT';
  if (weight === null || upperThreshold === null || lowerThreshold === null)
    return 'not a number: -w, -x or -y';
  const method = options.has('-m') ? 'masq' : options.has('-i') ? 'ipip' : 'gate';
  const tunnel = tunnelOf(options);
  if (typeof tunnel === 'string') return tunnel;
  return { ...endpoint, method, weight, upperThreshold, lowerThreshold, tunnel };
}

function tunnelOf(options: IpvsadmOptions): HostDestination['tunnel'] | string {
  const type = options.get('--tun-type') ?? 'ipip';
  if (type === 'ipip') return null;
  if (type !== 'gue' && type !== 'gre') return `unknown tunnel type ${type}`;
  const port = wholeNumber(options.get('--tun-port') ?? '0', 65535);
  if (port === null) return 'not a port: --tun-port';
  const checksum = options.has('--tun-remcsum') ? 'remcsum' : options.has('--tun-csum') ? 'csum' : 'nocsum';
  return { type, port, checksum };
}

/** `192.168.0.1:80`, `[2001:db8::1]:80`. */
function parseEndpoint(text: string): { address: HostDestination['address']; port: number } | null {
  const [, bracketed, plain, portText] = /^(?:\[(.+)\]|([\d.]+)):(\d+)$/.exec(text) ?? [];
  const address = canonicalAddress(bracketed ?? plain ?? '');
  const port = wholeNumber(portText, 65535);
  return address === null || port === null ? null : { address, port };
}

function wholeNumber(text: string | undefined, most: number): number | null {
  return text !== undefined && /^\d{1,10}$/.test(text) && Number(text) <= most ? Number(text) : null;
}
