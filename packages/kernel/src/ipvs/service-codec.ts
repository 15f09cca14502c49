import {
  addressBytes,
  addressFromBytes,
  type HostService,
  serviceFamily,
  type ServiceKey,
} from '@signalbox/cluster';
import { addressOf, familyNumber, present, type ServiceValues } from './tables.ts';
import { IP_VS_SVC_F } from './uapi.ts';

/** IPPROTO_*. */
const protocols = { tcp: 6, udp: 17, sctp: 132 } as const;

/** What identifies a service: every command carries it. A mark's service has neither protocol nor address nor port. */
export function encodeServiceKey(key: ServiceKey): ServiceValues {
  if (key.kind === 'fwmark') return { family: familyNumber(key.family), mark: key.mark };
  const { address, protocol, port } = key;
  return { family: familyNumber(address.family), protocol: protocols[protocol], address, port };
}

/** Null for a protocol that IPVS does not balance. */
export function decodeServiceKey(values: ServiceValues): ServiceKey | null {
  if (values.mark !== undefined) {
    const family = present(values.family, 'family') === familyNumber('ipv6') ? 'ipv6' : 'ipv4';
    return { kind: 'fwmark', family, mark: values.mark };
  }
  const protocol = protocolNames.get(present(values.protocol, 'protocol'));
  if (protocol === undefined) return null;
  return { kind: 'address', protocol, address: addressOf(values), port: present(values.port, 'port') };
}

const protocolNames: ReadonlyMap<number, keyof typeof protocols> = new Map([
  [6, 'tcp'],
  [17, 'udp'],
  [132, 'sctp'],
]);

/** Key and configuration: NEW and SET replace everything, so everything is sent. */
export function encodeService(service: HostService): ServiceValues {
  const { key, scheduler, persistence } = service;
  return {
    ...encodeServiceKey(key),
    scheduler,
    engine: persistence?.engine ?? undefined,
    flags: encodeFlags(service),
    timeout: persistence?.timeoutSeconds ?? 0,
    netmask: encodeNetmask(key, persistence?.netmask ?? null),
  };
}

/** Null as in `decodeServiceKey`. */
export function decodeService(values: ServiceValues): HostService | null {
  const key = decodeServiceKey(values);
  if (key === null) return null;
  const scheduler = present(values.scheduler, 'scheduler');
  const flags = present(values.flags, 'flags');
  const netmask = present(values.netmask, 'netmask');
  const persistent = (flags & IP_VS_SVC_F.PERSISTENT) !== 0;
  return {
    key,
    scheduler,
    schedulerFlags: schedulerFlagNames(scheduler).filter(
      (_, bit) => (flags & (IP_VS_SVC_F.SCHED1 << bit)) !== 0,
    ),
    persistence: persistent
      ? {
          timeoutSeconds: present(values.timeout, 'timeout'),
          netmask: decodeNetmask(key, netmask),
          engine: values.engine ?? null,
        }
      : null,
    onePacket: (flags & IP_VS_SVC_F.ONEPACKET) !== 0,
  };
}

/** HASHED is the kernel's own: it is never written, and is passed over when read. */
function encodeFlags({ scheduler, schedulerFlags, persistence, onePacket }: HostService): number {
  const names = schedulerFlagNames(scheduler);
  const bits = schedulerFlags.map((flag) => IP_VS_SVC_F.SCHED1 << bitOf(names, flag));
  const own = (persistence ? IP_VS_SVC_F.PERSISTENT : 0) | (onePacket ? IP_VS_SVC_F.ONEPACKET : 0);
  return bits.reduce((all, bit) => all | bit, own);
}

/** What SCHED1, SCHED2 and SCHED3 mean to a scheduler, as ipvsadm writes it (ipvsadm.c, print_sched_flags). */
const schedulerFlagNames = (scheduler: string): readonly string[] => namedFlags[scheduler] ?? plainFlags;

const plainFlags = ['flag-1', 'flag-2', 'flag-3'] as const;
const namedFlags: Readonly<Record<string, readonly string[]>> = {
  sh: ['sh-fallback', 'sh-port', 'flag-3'],
  mh: ['mh-fallback', 'mh-port', 'flag-3'],
};

function bitOf(names: readonly string[], flag: string): number {
  const named = names.indexOf(flag);
  const bit = named === -1 ? plainFlags.findIndex((plain) => plain === flag) : named;
  if (bit === -1) throw new RangeError(`${flag} is not a flag of this scheduler`);
  return bit;
}

/** The attribute is one number in network order: the mask, or for IPv6 a prefix length in host order. */
function encodeNetmask(key: ServiceKey, netmask: string | null): number {
  if (serviceFamily(key) === 'ipv6') return swapBytes(Number(netmask ?? '128'));
  const mask = addressBytes({ family: 'ipv4', text: netmask ?? '255.255.255.255' });
  return Buffer.from(mask).readUInt32BE();
}

function decodeNetmask(key: ServiceKey, netmask: number): string {
  if (serviceFamily(key) === 'ipv6') return String(swapBytes(netmask));
  const mask = Buffer.alloc(4);
  mask.writeUInt32BE(netmask);
  return addressFromBytes(mask).text;
}

function swapBytes(value: number): number {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes.readUInt32LE();
}
