import * as z from 'zod';
import { Address, Cidr } from './address.ts';
import { Persistence, Protocol } from './ipvs.ts';

/** What identifies a virtual service to the kernel. A mark is one service per family (KEY: family + mark). */
export const ServiceKey = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('address'),
    protocol: Protocol,
    address: Address,
    port: z.int().min(0).max(65535),
  }),
  z.object({
    kind: z.literal('fwmark'),
    family: z.enum(['ipv4', 'ipv6']),
    mark: z.int().min(1).max(0xffffffff),
  }),
]);
export type ServiceKey = z.infer<typeof ServiceKey>;

/** A kernel's own text where it may hold more than we offer: an unknown scheduler found on a host is shown, not refused. */
export const HostService = z.object({
  key: ServiceKey,
  scheduler: z.string().min(1).max(15),
  schedulerFlags: z.array(z.string()),
  persistence: Persistence.extend({ engine: z.string().nullable() }).nullable(),
  onePacket: z.boolean(),
});
/** Configuration of a virtual service on a host, without its destinations. */
export type HostService = z.infer<typeof HostService>;

export const Tunnel = z.object({
  type: z.enum(['ipip', 'gue', 'gre']),
  port: z.int().min(0).max(65535),
  checksum: z.enum(['nocsum', 'csum', 'remcsum']),
});

/** `local` is what the kernel answers when the destination's address is its own, whatever was asked for. */
export const HostMethod = z.enum(['masq', 'gate', 'ipip', 'local', 'bypass']);
export type HostMethod = z.infer<typeof HostMethod>;

/** A destination is identified by address and port within its service (ip_vs_ctl.c ip_vs_lookup_dest). */
export const HostDestination = z.object({
  address: Address,
  port: z.int().min(0).max(65535),
  method: HostMethod,
  weight: z.int().min(0).max(0x7fffffff),
  upperThreshold: z.int().min(0).max(0xffffffff),
  lowerThreshold: z.int().min(0).max(0xffffffff),
  tunnel: Tunnel.nullable(),
});
export type HostDestination = z.infer<typeof HostDestination>;

export const HostServiceWithDestinations = HostService.extend({ destinations: z.array(HostDestination) });
export type HostServiceWithDestinations = z.infer<typeof HostServiceWithDestinations>;

export const HostAddress = z.object({
  interface: z.string(),
  cidr: Cidr,
  /** IFA_LABEL, e.g. `lo:1`; null when it is just the interface's name. */
  label: z.string().nullable(),
});
export type HostAddress = z.infer<typeof HostAddress>;

/** `unicast` leads somewhere; the others drop what they match, or send it on to the next rule (`throw`). */
export const RouteType = z.enum(['unicast', 'blackhole', 'unreachable', 'prohibit', 'throw']);
export type RouteType = z.infer<typeof RouteType>;

/** `table` 254 is main. `protocol` 83 is ours (rtm_protocol); destination 0.0.0.0/0 is the default route. */
export const HostRoute = z.object({
  type: RouteType,
  table: z.int().min(1).max(0xffffffff),
  destination: Cidr,
  via: Address.nullable(),
  interface: z.string().nullable(),
  onlink: z.boolean(),
  metric: z.int().min(0).max(0xffffffff),
  protocol: z.int().min(0).max(255),
});
export type HostRoute = z.infer<typeof HostRoute>;

/** A policy rule (`ip rule`). Null means "any". */
export const HostRule = z.object({
  priority: z.int().min(0).max(0xffffffff),
  from: Cidr.nullable(),
  to: Cidr.nullable(),
  ipProtocol: Protocol.nullable(),
  sourcePort: z.int().min(1).max(65535).nullable(),
  mark: z.int().min(1).max(0xffffffff).nullable(),
  table: z.int().min(1).max(0xffffffff),
  protocol: z.int().min(0).max(255),
});
export type HostRule = z.infer<typeof HostRule>;

/** `name` as sysctl(8) writes it: `net.ipv4.conf.eth0.rp_filter`; an interface name with dots keeps them as `/`. */
export const HostSysctl = z.object({ name: z.string(), value: z.string() });
export type HostSysctl = z.infer<typeof HostSysctl>;

/**
 * Packets to these ports of this address get `mark`: one rule in a chain of our own in mangle. Null means "any source".
 * Several sources of one mark are several rules.
 */
export const HostMark = z.object({
  protocol: Protocol,
  from: Cidr.nullable(),
  sourcePorts: z.object({ first: z.int().min(1).max(65535), last: z.int().min(1).max(65535) }).nullable(),
  address: Address,
  ports: z.array(z.int().min(1).max(65535)).min(1),
  mark: z.int().min(1).max(0xffffffff),
});
export type HostMark = z.infer<typeof HostMark>;

/** One shape for what a host should have and for what it has. Director and real server differ in what is filled. */
export const HostState = z.object({
  services: z.array(HostServiceWithDestinations),
  addresses: z.array(HostAddress),
  routes: z.array(HostRoute),
  rules: z.array(HostRule),
  sysctls: z.array(HostSysctl),
  marks: z.array(HostMark),
});
export type HostState = z.infer<typeof HostState>;

/** Whether there is anything at all in a state: a host beside the way has nothing. */
export const hasAnything = (state: HostState): boolean =>
  Object.values(state).some((things) => things.length > 0);

export const emptyHostState: HostState = {
  services: [],
  addresses: [],
  routes: [],
  rules: [],
  sysctls: [],
  marks: [],
};
