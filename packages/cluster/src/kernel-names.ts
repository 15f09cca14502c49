// The names that ip(8) has for the kernel's own tables and for who made a route or a rule: linux/rtnetlink.h RT_TABLE_* and
// RTPROT_*, as iproute2 prints them without files of its own.
import { mainTable } from './our-numbers.ts';

const tables: ReadonlyMap<number, string> = new Map([
  [253, 'default'],
  [mainTable, 'main'],
  [255, 'local'],
]);

const protocols: ReadonlyMap<number, string> = new Map([
  [0, 'unspec'],
  [1, 'redirect'],
  [2, 'kernel'],
  [3, 'boot'],
  [4, 'static'],
  [8, 'gated'],
  [9, 'ra'],
  [10, 'mrt'],
  [11, 'zebra'],
  [12, 'bird'],
  [13, 'dnrouted'],
  [14, 'xorp'],
  [15, 'ntk'],
  [16, 'dhcp'],
  [18, 'keepalived'],
  [42, 'babel'],
  [186, 'bgp'],
  [187, 'isis'],
  [188, 'ospf'],
  [189, 'rip'],
  [192, 'eigrp'],
]);

/** A number that has no name stays one. */
export const tableName = (table: number): string => tables.get(table) ?? String(table);
export const protocolName = (protocol: number): string => protocols.get(protocol) ?? String(protocol);
