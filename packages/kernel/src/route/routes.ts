// Routes (struct rtmsg).
import {
  type Address,
  type HostRoute,
  mainTable,
  ourFirstTable,
  ourProtocol,
  RouteType,
} from '@signalbox/cluster';
import { table } from '../netlink/attributes.ts';
import type { ByteWriter } from '../netlink/byte-writer.ts';
import { address, type Field, u16, u32, u8 } from '../netlink/fields.ts';
import { type Frame, type Message, NLM_F_CREATE, NLM_F_EXCL } from '../netlink/message.ts';
import { struct } from '../netlink/struct.ts';
import { cidrOf, familyNumber, familyOf } from './family.ts';
import type { LinkNames } from './links.ts';
import { AF_UNSPEC, RT_SCOPE, RTA, RTM, RTN, RTNH_F_ONLINK } from './uapi.ts';

const header = struct({
  family: u8,
  destinationPrefix: u8,
  sourcePrefix: u8,
  tos: u8,
  table: u8,
  protocol: u8,
  scope: u8,
  type: u8,
  flags: u32,
});

/** struct rtvia: a next hop of the other family. */
const via: Field<Address> = {
  write(writer, value) {
    writer.u16(familyNumber(value.family));
    address.write(writer, value);
  },
  read: (bytes, start, end) => address.read(bytes, start + u16.size, end),
};

const attributes = table({
  table: [RTA.TABLE, u32],
  destination: [RTA.DST, address],
  gateway: [RTA.GATEWAY, address],
  via: [RTA.VIA, via],
  interface: [RTA.OIF, u32],
  metric: [RTA.PRIORITY, u32],
});

/**
 * EEXIST when the table has a route to the same destination with the same metric; ENETUNREACH when the next hop is not
 * on a link of the host and not `onlink`.
 */
export const addRoute = (wanted: HostRoute, links: LinkNames): Message => ({
  command: 'RTM_NEWROUTE',
  type: RTM.NEWROUTE,
  flags: NLM_F_CREATE | NLM_F_EXCL,
  writeBody(writer) {
    const isOnLink = wanted.type === 'unicast' && wanted.via === null;
    const scope = isOnLink ? RT_SCOPE.LINK : RT_SCOPE.UNIVERSE;
    write(writer, wanted, { scope, links });
  },
});

/**
 * ESRCH when there is none. Only a route of the same protocol goes; of several, the first that has the next hop: metric
 * 0 stands for any (fib_trie.c fib_table_delete).
 */
export const deleteRoute = (unwanted: HostRoute, links: LinkNames): Message => ({
  command: 'RTM_DELROUTE',
  type: RTM.DELROUTE,
  writeBody: (writer) => write(writer, unwanted, { scope: RT_SCOPE.NOWHERE, links }),
});

interface Surroundings {
  readonly scope: number;
  readonly links: LinkNames;
}

function write(writer: ByteWriter, route: HostRoute, { scope, links }: Surroundings): void {
  const { destination, metric } = route;
  const { family } = destination.address;
  header.encode(writer, {
    family: familyNumber(family),
    destinationPrefix: destination.prefix,
    // One byte: the attribute has the whole number.
    table: route.table < 256 ? route.table : 0,
    protocol: route.protocol,
    scope,
    type: typeNumbers[route.type],
    flags: route.onlink ? RTNH_F_ONLINK : 0,
  });
  attributes.encode(writer, {
    table: route.table,
    destination: destination.prefix === 0 ? undefined : destination.address,
    [route.via?.family === family ? 'gateway' : 'via']: route.via ?? undefined,
    interface: route.interface === null ? undefined : links.indexOf(route.interface),
    metric: metric === 0 ? undefined : metric,
  });
}

/** To be dumped: every route of both families. */
export const getRoutes: Message = {
  command: 'RTM_GETROUTE',
  type: RTM.GETROUTE,
  writeBody: (writer) => header.encode(writer, { family: AF_UNSPEC }),
};

const typeNumbers = {
  unicast: RTN.UNICAST,
  blackhole: RTN.BLACKHOLE,
  unreachable: RTN.UNREACHABLE,
  prohibit: RTN.PROHIBIT,
  throw: RTN.THROW,
} as const satisfies Record<RouteType, number>;

/** Broadcast, local and multicast routes are the kernel's own. */
const types: ReadonlyMap<number, RouteType> = new Map(
  RouteType.options.map((type) => [typeNumbers[type], type]),
);

/**
 * Null for what is not ours to look at: other tables than main and those from 5300, unless protocol 83 is in them, and
 * the kernel's own. A route that goes several ways has neither next hop nor interface here; neither has one that drops
 * packets, which IPv6 lays on lo.
 */
export function decodeRoute({ bytes, start, end }: Frame, links: LinkNames): HostRoute | null {
  const head = header.decode(bytes, start, end);
  const family = familyOf(head.family);
  const type = types.get(head.type);
  if (family === null || type === undefined) return null;
  const values = attributes.decode(bytes, start + header.size, end);
  const { table = head.table, metric = 0 } = values;
  if (table !== mainTable && table < ourFirstTable && head.protocol !== ourProtocol) return null;
  const leads = type === 'unicast' && values.interface !== undefined;
  return {
    type,
    table,
    destination: cidrOf(family, values.destination, head.destinationPrefix),
    via: values.gateway ?? values.via ?? null,
    interface: leads ? links.nameOf(values.interface) : null,
    onlink: (head.flags & RTNH_F_ONLINK) !== 0,
    metric,
    protocol: head.protocol,
  };
}
