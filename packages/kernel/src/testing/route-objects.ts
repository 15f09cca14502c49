// The objects of the tutorial's networks that route netlink's tests speak of. Interface 2 is eth7.
import type { HostAddress, HostRoute, HostRule } from '@signalbox/cluster';
import { LinkNames } from '../route/links.ts';

export const links = new LinkNames([
  { index: 1, name: 'lo' },
  { index: 2, name: 'eth7' },
]);
export const ipv4 = (text: string) => ({ family: 'ipv4', text }) as const;
export const ipv6 = (text: string) => ({ family: 'ipv6', text }) as const;

export const vip: HostAddress = {
  interface: 'lo',
  cidr: { address: ipv4('10.0.0.100'), prefix: 32 },
  label: 'lo:1',
};
export const toDirector: HostRoute = {
  type: 'unicast',
  table: 5429,
  destination: { address: ipv4('0.0.0.0'), prefix: 0 },
  via: ipv4('192.168.137.129'),
  interface: 'eth7',
  onlink: true,
  metric: 0,
  protocol: 83,
};
export const lastResort: HostRoute = {
  type: 'blackhole',
  table: 5429,
  destination: { address: ipv4('0.0.0.0'), prefix: 0 },
  via: null,
  interface: null,
  onlink: false,
  metric: 4_278_198_272,
  protocol: 83,
};
export const neighbour: HostRoute = {
  type: 'unicast',
  table: 254,
  destination: { address: ipv4('192.168.137.130'), prefix: 32 },
  via: null,
  interface: 'eth7',
  onlink: false,
  metric: 7,
  protocol: 83,
};
export const replies: HostRule = {
  priority: 5300,
  from: { address: ipv4('192.168.137.131'), prefix: 32 },
  to: null,
  ipProtocol: 'tcp',
  sourcePort: 80,
  mark: 7,
  table: 5429,
  protocol: 83,
};

/** The attributes of `lastResort`, in bytes. */
export const lastResortAttributes = `
  0800 0f00 35150000                             # TABLE 5429
  0800 0600 002000ff                            # PRIORITY 4278198272
`;

/** The attributes of `toDirector`, in bytes. */
export const toDirectorAttributes = `
  0800 0f00 35150000                             # TABLE 5429
  0800 0500 c0a88981                             # GATEWAY 192.168.137.129
  0800 0400 02000000                             # OIF eth7
`;
