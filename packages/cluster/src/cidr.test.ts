import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compareAddresses, isLoopback, isUnicast } from './address-kind.ts';
import { addressFromBytes } from './address-text.ts';
import {
  broadcastOf,
  contains,
  familyBits,
  formatCidr,
  isNetworkOrBroadcast,
  networkOf,
  overlaps,
  parseCidr,
} from './cidr.ts';
import { cidr, ip } from './testing/drawings.ts';

const anyCidr = fc
  .oneof(fc.uint8Array({ minLength: 4, maxLength: 4 }), fc.uint8Array({ minLength: 16, maxLength: 16 }))
  .map(addressFromBytes)
  .chain((address) => fc.nat(familyBits(address.family)).map((prefix) => ({ address, prefix })));

describe('parseCidr', () => {
  test('keeps host bits, because an interface has them', () => {
    expect(parseCidr('192.168.0.7/24')).toEqual({ address: ip('192.168.0.7'), prefix: 24 });
    expect(parseCidr('2001:DB8::1/64')).toEqual({ address: ip('2001:db8::1'), prefix: 64 });
  });

  test.each([
    '192.168.0.1',
    '192.168.0.1/',
    '192.168.0.1/33',
    '::1/129',
    '10.0.0.0/08',
    '10.0.0.0/8/8',
    '/8',
    '10.0.0.0/-1',
    '10.0.0.0/ 8',
  ])('refuses "%s"', (text) => {
    expect(parseCidr(text)).toBeNull();
  });

  test('reads back what formatCidr wrote', () => {
    fc.assert(
      fc.property(anyCidr, (one) => {
        expect(parseCidr(formatCidr(one))).toEqual(one);
      }),
    );
  });
});

describe('a network', () => {
  test.each([
    ['192.168.137.129/24', '192.168.137.0/24', '192.168.137.255'],
    ['10.0.0.200/8', '10.0.0.0/8', '10.255.255.255'],
    ['172.16.5.9/20', '172.16.0.0/20', '172.16.15.255'],
    ['1.2.3.4/0', '0.0.0.0/0', '255.255.255.255'],
    ['1.2.3.5/30', '1.2.3.4/30', '1.2.3.7'],
  ])('of %s is %s with broadcast %s', (text, network, broadcast) => {
    expect(formatCidr(networkOf(cidr(text)))).toBe(network);
    expect(broadcastOf(cidr(text))?.text).toBe(broadcast);
  });

  test('has no broadcast address at /31 and /32, and never in IPv6', () => {
    for (const text of ['1.2.3.4/31', '1.2.3.4/32', '2001:db8::/64'])
      expect(broadcastOf(cidr(text))).toBeNull();
  });

  test('keeps its first and last address for itself', () => {
    expect(isNetworkOrBroadcast(cidr('192.168.0.0/24'))).toBe(true);
    expect(isNetworkOrBroadcast(cidr('192.168.0.255/24'))).toBe(true);
    expect(isNetworkOrBroadcast(cidr('192.168.0.1/24'))).toBe(false);
    expect(isNetworkOrBroadcast(cidr('192.168.0.0/31'))).toBe(false);
    expect(isNetworkOrBroadcast(cidr('10.0.0.0/16'))).toBe(true);
    expect(isNetworkOrBroadcast(cidr('10.0.1.0/16'))).toBe(false);
  });

  test('contains its addresses and no others', () => {
    expect(contains(cidr('10.0.0.200/8'), ip('10.0.0.100'))).toBe(true);
    expect(contains(cidr('192.168.0.0/24'), ip('192.168.1.1'))).toBe(false);
    expect(contains(cidr('0.0.0.0/0'), ip('::1'))).toBe(false);
    expect(contains(cidr('2001:db8::/33'), ip('2001:db8:7fff::1'))).toBe(true);
    expect(contains(cidr('2001:db8::/33'), ip('2001:db8:8000::1'))).toBe(false);
  });

  test('overlaps another exactly when one contains the other', () => {
    fc.assert(
      fc.property(anyCidr, anyCidr, (a, b) => {
        const one = contains(a, networkOf(b).address) || contains(b, networkOf(a).address);
        expect(overlaps(a, b)).toBe(one);
        expect(overlaps(b, a)).toBe(one);
        expect(overlaps(a, a)).toBe(true);
      }),
    );
  });
});

describe('kinds of addresses', () => {
  test.each(['0.0.0.0', '0.1.2.3', '224.0.0.1', '240.0.0.1', '255.255.255.255', '::', 'ff02::1'])(
    '%s is not one host',
    (text) => {
      expect(isUnicast(ip(text))).toBe(false);
    },
  );

  test.each(['1.0.0.1', '127.0.0.1', '223.255.255.255', '::1', '2001:db8::1', 'fe80::1'])(
    '%s is one host',
    (text) => {
      expect(isUnicast(ip(text))).toBe(true);
    },
  );

  test('loopback is 127.0.0.0/8 and ::1', () => {
    expect(['127.0.0.1', '127.9.9.9', '::1'].map((text) => isLoopback(ip(text)))).toEqual([true, true, true]);
    expect(['128.0.0.1', '::2'].map((text) => isLoopback(ip(text)))).toEqual([false, false]);
  });

  test('sort as numbers, IPv4 before IPv6', () => {
    const texts = ['::1', '192.168.0.20', '192.168.0.3', '10.0.0.1', '2001:db8::a', '2001:db8::9'];
    expect(
      texts
        .map(ip)
        .toSorted(compareAddresses)
        .map(({ text }) => text),
    ).toEqual(['10.0.0.1', '192.168.0.3', '192.168.0.20', '::1', '2001:db8::9', '2001:db8::a']);
  });
});
