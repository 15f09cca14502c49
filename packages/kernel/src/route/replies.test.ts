// Bytes that Linux 6.1.176 answered, captured at the socket.
import { describe, expect, it } from 'vitest';
import { hex } from '../testing/hex.ts';
import {
  ipv4,
  ipv6,
  lastResort,
  lastResortAttributes,
  links,
  toDirector,
  toDirectorAttributes,
  vip,
} from '../testing/route-objects.ts';
import { frameOf, written } from '../testing/written.ts';
import * as addresses from './addresses.ts';
import * as linkMessages from './links.ts';
import * as routeMessages from './routes.ts';
import * as ruleMessages from './rules.ts';

describe('what the kernel answered is read', () => {
  it('an address with its label, and one whose label is its interface', () => {
    const labelled = frameOf(
      hex(`50000000 1400 0200 02000000 b202c008
           02 20 80 00 01000000
        0800 0100 0a000064
        0800 0200 0a000064
        0900 0300 6c6f3a3100 000000
        0800 0800 80000000                       # FLAGS permanent
        1400 0600 ffffffff ffffffff 10020000 10020000  # CACHEINFO`),
    );
    expect(addresses.decodeAddress(labelled, links)).toEqual(vip);
    const plain = frameOf(
      hex(`50000000 1400 0200 02000000 b202c008
           02 18 80 00 02000000
        0800 0100 c0a88983
        0800 0200 c0a88983
        0900 0300 6574683700 000000
        0800 0800 80000000
        1400 0600 ffffffff ffffffff 15020000 15020000`),
    );
    expect(addresses.decodeAddress(plain, links)).toEqual({
      interface: 'eth7',
      cidr: { address: ipv4('192.168.137.131'), prefix: 24 },
      label: null,
    });
  });

  it('an IPv6 address, which has no local one', () => {
    const frame = frameOf(
      hex(`50000000 1400 0200 02000000 b202c008
           0a 40 80 fd 02000000
        1400 0100 fe800000000000000897f9fffe8edda2
        1400 0600 ffffffff ffffffff 0d020000 0d020000
        0800 0800 80000000
        0500 0b00 03 000000`),
    );
    expect(addresses.decodeAddress(frame, links)).toEqual({
      interface: 'eth7',
      cidr: { address: ipv6('fe80::897:f9ff:fe8e:dda2'), prefix: 64 },
      label: null,
    });
  });

  it('a route with its onlink flag', () => {
    const frame = frameOf(
      hex(`34000000 1800 0200 03000000 b202c008
           02 00 00 00  fc 53 00 01  04000000      # table: COMPAT, look below
           ${toDirectorAttributes}`),
    );
    expect(routeMessages.decodeRoute(frame, links)).toEqual(toDirector);
  });

  it('a blackhole', () => {
    const frame = frameOf(
      hex(`2c000000 1800 0200 03000000 b202c008
           02 00 00 00  fc 53 00 06  00000000
           ${lastResortAttributes}`),
    );
    expect(routeMessages.decodeRoute(frame, links)).toEqual(lastResort);
  });

  it('of the kernel’s own routes only those in tables that we look at', () => {
    const connected = frameOf(
      hex(`3c000000 1800 0200 03000000 b202c008
           02 18 00 00  fe 02 fd 01  00000000
        0800 0f00 fe000000
        0800 0100 c0a88900
        0800 0700 c0a88983                       # PREFSRC
        0800 0400 02000000`),
    );
    expect(routeMessages.decodeRoute(connected, links)).toMatchObject({ table: 254, via: null, protocol: 2 });
    const local = frameOf(
      hex(`3c000000 1800 0200 03000000 b202c008
           02 20 00 00  ff 02 fe 02  00000000      # table local, type local
        0800 0f00 ff000000
        0800 0100 0a000064
        0800 0700 0a000064
        0800 0400 01000000`),
    );
    expect(routeMessages.decodeRoute(local, links)).toBeNull();
  });

  it('a route of ours in any table, a foreign one only in main and from 5300 on', () => {
    const inTable = (table: number, protocol: number) =>
      routeMessages.decodeRoute(
        frameOf(written(routeMessages.addRoute({ ...toDirector, table, protocol }, links))),
        links,
      );
    expect(inTable(100, 83)).not.toBeNull();
    expect(inTable(100, 4)).toBeNull();
    expect(inTable(254, 4)).not.toBeNull();
    expect(inTable(5300, 4)).not.toBeNull();
  });

  it('a rule of the kernel, and one that is the same in both families once', () => {
    const local = (family: string) =>
      frameOf(
        hex(`34000000 2000 0200 04000000 b202c008
             ${family} 00 00 00  ff 0000 01  00000000
          0800 0f00 ff000000                     # TABLE local
          0800 0e00 ffffffff                     # SUPPRESS_PREFIXLEN none
          0500 1500 02 000000                    # PROTOCOL kernel`),
      );
    const read = ['02', '0a'].map((family) => ruleMessages.decodeRule(local(family)));
    expect(read[0]).toEqual({
      priority: 0,
      from: null,
      to: null,
      ipProtocol: null,
      sourcePort: null,
      mark: null,
      table: 255,
      protocol: 2,
    });
    expect(ruleMessages.withoutRepeated(read.filter((rule) => rule !== null))).toHaveLength(1);
  });

  it('no rule that leads to no table, and none of another family', () => {
    const goto = hex('1c000000 2000 0200 04000000 b202c008  02 00 00 00 00 0000 02 00000000');
    const multicast = hex('1c000000 2000 0200 04000000 b202c008  80 00 00 00 fd 0000 01 00000000');
    expect(ruleMessages.decodeRule(frameOf(goto))).toBeNull();
    expect(ruleMessages.decodeRule(frameOf(multicast))).toBeNull();
  });

  it('an interface with its hardware address and the bytes it has moved', () => {
    const frame = frameOf(
      hex(`5c000000 1000 0200 01000000 b202c008
           00 00 0100 02000000 c3000100 00000000
        0a00 0100 0242ac11000a 0000              # ADDRESS
        0900 0300 6574683700 000000              # IFNAME eth7
        2400 1700 0300000000000000 0400000000000000 4600000000000000 0000000001000000  # STATS64, its beginning`),
    );
    expect(linkMessages.decodeLink(frame)).toEqual({
      index: 2,
      name: 'eth7',
      mac: '02:42:ac:11:00:0a',
      up: true,
      // IFF_NOARP, as a dummy has it.
      arp: false,
      inBytes: 70,
      outBytes: 2 ** 32,
    });
  });
});
