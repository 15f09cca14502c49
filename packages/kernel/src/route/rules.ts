// Policy rules (struct fib_rule_hdr).
import { type HostRule, objectKey } from '@signalbox/cluster';
import { table } from '../netlink/attributes.ts';
import type { ByteWriter } from '../netlink/byte-writer.ts';
import { address, fixed, u16, u32, u8 } from '../netlink/fields.ts';
import { type Frame, type Message, NLM_F_CREATE, NLM_F_EXCL } from '../netlink/message.ts';
import { struct } from '../netlink/struct.ts';
import { cidrOf, familyNumber, familyOf } from './family.ts';
import { AF_UNSPEC, FR_ACT_TO_TBL, FRA, RTM } from './uapi.ts';

const header = struct({
  family: u8,
  destinationPrefix: u8,
  sourcePrefix: u8,
  tos: u8,
  table: u8,
  reserved: u16,
  action: u8,
  flags: u32,
});

/** struct fib_rule_port_range, in host order. */
const portRange = fixed<{ readonly first: number; readonly last: number }>(
  4,
  (writer, { first, last }) => {
    writer.u16(first);
    writer.u16(last);
  },
  (bytes, at) => ({ first: bytes.readUInt16LE(at), last: bytes.readUInt16LE(at + 2) }),
);

const attributes = table({
  priority: [FRA.PRIORITY, u32],
  from: [FRA.SRC, address],
  to: [FRA.DST, address],
  mark: [FRA.FWMARK, u32],
  ipProtocol: [FRA.IP_PROTO, u8],
  sourcePorts: [FRA.SPORT_RANGE, portRange],
  table: [FRA.TABLE, u32],
  protocol: [FRA.PROTOCOL, u8],
});

/** IPPROTO_*. */
const ipProtocols = { tcp: 6, udp: 17, sctp: 132 } as const;

/** EEXIST when there is such a rule. A rule without addresses is one for IPv4. Needs Linux 4.17 for ports. */
export const addRule = (wanted: HostRule): Message => ({
  command: 'RTM_NEWRULE',
  type: RTM.NEWRULE,
  flags: NLM_F_CREATE | NLM_F_EXCL,
  writeBody: (writer) => write(writer, wanted),
});

/**
 * ENOENT when there is none. Only a rule of the same protocol and priority goes; of several, the first that has at
 * least these selectors: the kernel does not compare those that are "any" (fib_rules.c rule_find).
 */
export const deleteRule = (unwanted: HostRule): Message => ({
  command: 'RTM_DELRULE',
  type: RTM.DELRULE,
  writeBody: (writer) => write(writer, unwanted),
});

function write(writer: ByteWriter, rule: HostRule): void {
  const { from, to, sourcePort, ipProtocol } = rule;
  header.encode(writer, {
    family: familyNumber((from ?? to)?.address.family ?? 'ipv4'),
    destinationPrefix: to?.prefix ?? 0,
    sourcePrefix: from?.prefix ?? 0,
    // One byte: the attribute has the whole number.
    table: rule.table < 256 ? rule.table : 0,
    action: FR_ACT_TO_TBL,
  });
  attributes.encode(writer, {
    priority: rule.priority,
    from: from?.address,
    to: to?.address,
    mark: rule.mark ?? undefined,
    ipProtocol: ipProtocol === null ? undefined : ipProtocols[ipProtocol],
    sourcePorts: sourcePort === null ? undefined : { first: sourcePort, last: sourcePort },
    table: rule.table,
    protocol: rule.protocol,
  });
}

/** To be dumped: the rules of every family. */
export const getRules: Message = {
  command: 'RTM_GETRULE',
  type: RTM.GETRULE,
  writeBody: (writer) => header.encode(writer, { family: AF_UNSPEC }),
};

/**
 * Null for other families and for rules that lead to no table. A selector that `HostRule` has no place for (an
 * interface, a range of ports, ICMP ...) is left out: such rules are not ours, and are there to be seen.
 */
export function decodeRule({ bytes, start, end }: Frame): HostRule | null {
  const head = header.decode(bytes, start, end);
  const family = familyOf(head.family);
  const values = attributes.decode(bytes, start + header.size, end);
  const { table = head.table, priority = 0, protocol = 0, sourcePorts, mark = 0 } = values;
  if (family === null || head.action !== FR_ACT_TO_TBL || table === 0) return null;
  return {
    priority,
    from: values.from === undefined ? null : cidrOf(family, values.from, head.sourcePrefix),
    to: values.to === undefined ? null : cidrOf(family, values.to, head.destinationPrefix),
    ipProtocol: protocolNames.get(values.ipProtocol ?? 0) ?? null,
    sourcePort:
      sourcePorts !== undefined && sourcePorts.first === sourcePorts.last ? sourcePorts.first : null,
    mark: mark === 0 ? null : mark,
    table,
    protocol,
  };
}

const protocolNames: ReadonlyMap<number, keyof typeof ipProtocols> = new Map([
  [6, 'tcp'],
  [17, 'udp'],
  [132, 'sctp'],
]);

/** The same rule of both families is one here, because without addresses a `HostRule` has no family. */
export const withoutRepeated = (rules: readonly HostRule[]): HostRule[] => [
  ...new Map(rules.map((rule) => [`${objectKey({ kind: 'rule', rule })} ${rule.protocol}`, rule])).values(),
];
