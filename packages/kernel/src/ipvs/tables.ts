// The attributes of IPVS messages.
import type { Address } from '@signalbox/cluster';
import { readAddress, writeAddress } from '../netlink/address-bytes.ts';
import { nested, table, type ValuesOf } from '../netlink/attributes.ts';
import { be16, be32, type Field, flags, string, u16, u32, u64, u8 } from '../netlink/fields.ts';
import { Malformed } from '../netlink/failure.ts';
import { IPVS_CMD_ATTR, IPVS_DEST_ATTR, IPVS_INFO_ATTR, IPVS_STATS_ATTR, IPVS_SVC_ATTR } from './uapi.ts';

/**
 * union nf_inet_addr: 16 bytes, an IPv4 address in the first four. Written from an address, and read as bytes, because
 * the family is another attribute, which may follow.
 */
const inetAddress: Field<Address | Buffer> = {
  write(writer, value) {
    const end = writer.length + inetAddressLength;
    if (value instanceof Uint8Array) writer.bytes(value);
    else writeAddress(writer, value);
    writer.zeros(end - writer.length);
  },
  read: (bytes, start, end) => bytes.subarray(start, end),
};
const inetAddressLength = 16;

const serviceKeyRows = {
  family: [IPVS_SVC_ATTR.AF, u16],
  protocol: [IPVS_SVC_ATTR.PROTOCOL, u16],
  address: [IPVS_SVC_ATTR.ADDR, inetAddress],
  port: [IPVS_SVC_ATTR.PORT, be16],
  mark: [IPVS_SVC_ATTR.FWMARK, u32],
} as const;

/** The netmask is a mask in network order for IPv4, and a prefix length in host order for IPv6. */
const serviceRows = {
  ...serviceKeyRows,
  scheduler: [IPVS_SVC_ATTR.SCHED_NAME, string],
  engine: [IPVS_SVC_ATTR.PE_NAME, string],
  flags: [IPVS_SVC_ATTR.FLAGS, flags],
  timeout: [IPVS_SVC_ATTR.TIMEOUT, u32],
  netmask: [IPVS_SVC_ATTR.NETMASK, be32],
} as const;

const destinationKeyRows = {
  family: [IPVS_DEST_ATTR.ADDR_FAMILY, u16],
  address: [IPVS_DEST_ATTR.ADDR, inetAddress],
  port: [IPVS_DEST_ATTR.PORT, be16],
} as const;

const destinationRows = {
  ...destinationKeyRows,
  method: [IPVS_DEST_ATTR.FWD_METHOD, u32],
  weight: [IPVS_DEST_ATTR.WEIGHT, u32],
  upperThreshold: [IPVS_DEST_ATTR.U_THRESH, u32],
  lowerThreshold: [IPVS_DEST_ATTR.L_THRESH, u32],
  tunnelType: [IPVS_DEST_ATTR.TUN_TYPE, u8],
  tunnelPort: [IPVS_DEST_ATTR.TUN_PORT, be16],
  tunnelFlags: [IPVS_DEST_ATTR.TUN_FLAGS, u16],
} as const;

/** Totals and rates: the kernel gives both. Those of 32 bits (STATS) wrap, and are not read. */
export const stats64 = table({
  connections: [IPVS_STATS_ATTR.CONNS, u64],
  inPackets: [IPVS_STATS_ATTR.INPKTS, u64],
  outPackets: [IPVS_STATS_ATTR.OUTPKTS, u64],
  inBytes: [IPVS_STATS_ATTR.INBYTES, u64],
  outBytes: [IPVS_STATS_ATTR.OUTBYTES, u64],
  connectionRate: [IPVS_STATS_ATTR.CPS, u64],
  inPacketRate: [IPVS_STATS_ATTR.INPPS, u64],
  outPacketRate: [IPVS_STATS_ATTR.OUTPPS, u64],
  inByteRate: [IPVS_STATS_ATTR.INBPS, u64],
  outByteRate: [IPVS_STATS_ATTR.OUTBPS, u64],
});

export const service = table(serviceRows);
export const destination = table(destinationRows);

const serviceReading = table({ ...serviceKeyRows, stats: [IPVS_SVC_ATTR.STATS64, nested(stats64)] });

const destinationReading = table({
  ...destinationKeyRows,
  method: [IPVS_DEST_ATTR.FWD_METHOD, u32],
  weight: [IPVS_DEST_ATTR.WEIGHT, u32],
  active: [IPVS_DEST_ATTR.ACTIVE_CONNS, u32],
  inactive: [IPVS_DEST_ATTR.INACT_CONNS, u32],
  persistent: [IPVS_DEST_ATTR.PERSIST_CONNS, u32],
  stats: [IPVS_DEST_ATTR.STATS64, nested(stats64)],
});

/** What every command carries: a service, a destination, or both. */
export const command = table({
  service: [IPVS_CMD_ATTR.SERVICE, nested(service)],
  destination: [IPVS_CMD_ATTR.DEST, nested(destination)],
});

/** The same, read for its counters only. */
export const reading = table({
  service: [IPVS_CMD_ATTR.SERVICE, nested(serviceReading)],
  destination: [IPVS_CMD_ATTR.DEST, nested(destinationReading)],
});

/** GET_CONFIG is answered by SET_CONFIG with these: seconds. */
export const timeouts = table({
  tcp: [IPVS_CMD_ATTR.TIMEOUT_TCP, u32],
  tcpFin: [IPVS_CMD_ATTR.TIMEOUT_TCP_FIN, u32],
  udp: [IPVS_CMD_ATTR.TIMEOUT_UDP, u32],
});

export const info = table({
  version: [IPVS_INFO_ATTR.VERSION, u32],
  connectionTableSize: [IPVS_INFO_ATTR.CONN_TAB_SIZE, u32],
});

export type ServiceValues = ValuesOf<typeof service>;
export type DestinationValues = ValuesOf<typeof destination>;
export type StatsValues = ValuesOf<typeof stats64>;
export type ServiceReadingValues = ValuesOf<typeof serviceReading>;
export type DestinationReadingValues = ValuesOf<typeof destinationReading>;

const AF_INET = 2;
const AF_INET6 = 10;

export const familyNumber = (family: Address['family']): number => (family === 'ipv4' ? AF_INET : AF_INET6);

/** The address in its two attributes. Kernels before 3.18 have no family for destinations: all of them were IPv4 or equal. */
export function addressOf({ family = AF_INET, address }: AddressValues): Address {
  const length = family === AF_INET6 ? 16 : 4;
  if (!(address instanceof Uint8Array) || address.length < length)
    throw new Malformed('an address is missing');
  return readAddress(address, 0, length);
}

interface AddressValues {
  readonly family?: number | undefined;
  readonly address?: Address | Buffer | undefined;
}

/** A value that the kernel always sends. */
export function present<T>(value: T | undefined, name: string): T {
  if (value === undefined) throw new Malformed(`${name} is missing`);
  return value;
}
