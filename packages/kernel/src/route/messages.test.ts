// Bytes that Linux 6.1.176 acknowledged. Sequence numbers are not given yet.
import { expect, it } from 'vitest';
import { hex } from '../testing/hex.ts';
import {
  ipv4,
  ipv6,
  lastResort,
  lastResortAttributes,
  links,
  neighbour,
  replies,
  toDirector,
  toDirectorAttributes,
  vip,
} from '../testing/route-objects.ts';
import { written } from '../testing/written.ts';
import * as addresses from './addresses.ts';
import * as linkMessages from './links.ts';
import * as routeMessages from './routes.ts';
import * as ruleMessages from './rules.ts';

it.each([
  [
    'RTM_NEWADDR with a label',
    addresses.addAddress(vip, links),
    `34000000 1400 0106 00000000 00000000          # CREATE, EXCL
     02 20 00 00 01000000                          # inet, /32, universe, lo
  0800 0200 0a000064                             # LOCAL 10.0.0.100
  0800 0100 0a000064                             # ADDRESS
  0900 0300 6c6f3a3100 000000                    # LABEL lo:1`,
  ],
  [
    'RTM_NEWADDR of a loopback address has the scope of the host',
    addresses.addAddress({ ...vip, cidr: { address: ipv4('127.0.0.2'), prefix: 8 }, label: null }, links),
    `28000000 1400 0106 00000000 00000000
     02 08 00 fe 01000000
  0800 0200 7f000002
  0800 0100 7f000002`,
  ],
  [
    'RTM_DELADDR, whatever the label',
    addresses.deleteAddress(vip, links),
    `28000000 1500 0100 00000000 00000000
     02 20 00 00 01000000
  0800 0200 0a000064
  0800 0100 0a000064`,
  ],
  ['RTM_GETADDR', addresses.getAddresses, '18000000 1600 0100 00000000 00000000  00 00 00 00 00000000'],
  [
    'RTM_NEWROUTE: a default route of another table, onlink',
    routeMessages.addRoute(toDirector, links),
    `34000000 1800 0106 00000000 00000000
     02 00 00 00  00 53 00 01  04000000            # inet, /0; table below, proto 83, universe, unicast; ONLINK
     ${toDirectorAttributes}`,
  ],
  [
    'RTM_NEWROUTE without a next hop has the scope of the link',
    routeMessages.addRoute(neighbour, links),
    `3c000000 1800 0106 00000000 00000000
     02 20 00 00  fe 53 fd 01  00000000            # inet, /32; main, proto 83, link, unicast
  0800 0f00 fe000000                             # TABLE main
  0800 0100 c0a88982                             # DST 192.168.137.130
  0800 0400 02000000                             # OIF eth7
  0800 0600 07000000                             # PRIORITY 7`,
  ],
  [
    'RTM_NEWROUTE: a blackhole has no interface, and the widest scope',
    routeMessages.addRoute(lastResort, links),
    `2c000000 1800 0106 00000000 00000000
     02 00 00 00  00 53 00 06  00000000            # inet, /0; table below, proto 83, universe, blackhole
     ${lastResortAttributes}`,
  ],
  [
    'RTM_DELROUTE of a blackhole',
    routeMessages.deleteRoute(lastResort, links),
    `2c000000 1900 0100 00000000 00000000
     02 00 00 00  00 53 ff 06  00000000
     ${lastResortAttributes}`,
  ],
  [
    'RTM_DELROUTE: any scope',
    routeMessages.deleteRoute(toDirector, links),
    `34000000 1900 0100 00000000 00000000
     02 00 00 00  00 53 ff 01  04000000
     ${toDirectorAttributes}`,
  ],
  [
    'RTM_NEWROUTE by a next hop of the other family',
    routeMessages.addRoute({ ...neighbour, via: ipv6('fe80::1') }, links),
    `54000000 1800 0106 00000000 00000000
     02 20 00 00  fe 53 00 01  00000000
  0800 0f00 fe000000
  0800 0100 c0a88982
  1600 1200 0a00 fe800000000000000000000000000001 0000  # VIA inet6 fe80::1
  0800 0400 02000000
  0800 0600 07000000`,
  ],
  ['RTM_GETROUTE', routeMessages.getRoutes, '1c000000 1a00 0100 00000000 00000000  000000000000000000000000'],
  [
    'RTM_NEWRULE with ports',
    ruleMessages.addRule(replies),
    `54000000 2000 0106 00000000 00000000
     02 00 20 00  00 0000 01  00000000             # inet, from /32; table below, TO_TBL
  0800 0600 b4140000                             # PRIORITY 5300
  0800 0200 c0a88983                             # SRC 192.168.137.131
  0800 0a00 07000000                             # FWMARK 7
  0500 1600 06 000000                            # IP_PROTO tcp
  0800 1700 5000 5000                            # SPORT_RANGE 80-80, host order
  0800 0f00 35150000                             # TABLE 5429
  0500 1500 53 000000                            # PROTOCOL 83`,
  ],
  [
    'RTM_DELRULE',
    ruleMessages.deleteRule({
      ...replies,
      from: null,
      mark: null,
      ipProtocol: null,
      sourcePort: null,
      table: 100,
    }),
    `34000000 2100 0100 00000000 00000000
     02 00 00 00  64 0000 01  00000000
  0800 0600 b4140000
  0800 0f00 64000000
  0500 1500 53 000000`,
  ],
  ['RTM_GETRULE', ruleMessages.getRules, '1c000000 2200 0100 00000000 00000000  000000000000000000000000'],
  [
    'RTM_GETLINK',
    linkMessages.getLinks,
    '20000000 1200 0100 00000000 00000000  00000000000000000000000000000000',
  ],
])('%s', (_, message, bytes) => {
  expect(written(message).toString('hex')).toBe(hex(bytes).toString('hex'));
});
