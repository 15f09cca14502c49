import { describe, expect, test } from 'vitest';
import type { HostMark, HostRoute, HostRule, ServiceKey } from './host-state.ts';
import { compareServiceKeys, sameServiceKey, serviceKeyText } from './keys.ts';
import { objectKey } from './object-key.ts';
import { cidr, ip } from './testing/drawings.ts';

const at = (protocol: 'tcp' | 'udp', text: string, port: number): ServiceKey => ({
  kind: 'address',
  protocol,
  address: ip(text),
  port,
});
const mark = (family: 'ipv4' | 'ipv6', value: number): ServiceKey => ({
  kind: 'fwmark',
  family,
  mark: value,
});

describe('a service', () => {
  test('is called as ipvsadm lists it', () => {
    expect(serviceKeyText(at('tcp', '192.168.0.111', 80))).toBe('tcp 192.168.0.111:80');
    expect(serviceKeyText(at('udp', '2001:db8::1', 53))).toBe('udp [2001:db8::1]:53');
    expect(serviceKeyText(mark('ipv4', 10))).toBe('FWM 10');
  });

  test('is another one for another protocol, address, port or family of a mark', () => {
    const keys = [
      at('tcp', '10.0.0.1', 80),
      at('udp', '10.0.0.1', 80),
      at('tcp', '10.0.0.2', 80),
      at('tcp', '10.0.0.1', 81),
      mark('ipv4', 10),
      mark('ipv6', 10),
      mark('ipv4', 11),
    ];
    for (const [i, a] of keys.entries()) {
      for (const [j, b] of keys.entries()) expect(sameServiceKey(a, b)).toBe(i === j);
    }
  });

  test('sorts by number, marks last', () => {
    const keys = [
      mark('ipv4', 2),
      at('tcp', '10.0.0.10', 80),
      at('tcp', '10.0.0.9', 443),
      at('tcp', '10.0.0.9', 80),
    ];
    expect(keys.toSorted(compareServiceKeys).map(serviceKeyText)).toEqual([
      'tcp 10.0.0.9:80',
      'tcp 10.0.0.9:443',
      'tcp 10.0.0.10:80',
      'FWM 2',
    ]);
  });
});

const route: HostRoute = {
  type: 'unicast',
  table: 5300,
  destination: cidr('0.0.0.0/0'),
  via: ip('10.0.0.9'),
  interface: 'eth0',
  onlink: false,
  metric: 0,
  protocol: 83,
};

const rule: HostRule = {
  priority: 5300,
  from: cidr('10.0.0.1/32'),
  to: null,
  ipProtocol: 'tcp',
  sourcePort: 80,
  mark: null,
  table: 5300,
  protocol: 83,
};

describe('what the kernel takes for the same object has the same key', () => {
  test('an address is its CIDR on an interface; its label does not count', () => {
    const key = (device: string, text: string, label: string | null) =>
      objectKey({ kind: 'address', address: { interface: device, cidr: cidr(text), label } });
    expect(key('lo', '10.0.0.1/32', 'lo:1')).toBe(key('lo', '10.0.0.1/32', null));
    expect(key('lo', '10.0.0.1/32', null)).not.toBe(key('lo', '10.0.0.1/8', null));
    expect(key('lo', '10.0.0.1/32', null)).not.toBe(key('eth0', '10.0.0.1/32', null));
  });

  test('a route is table, destination and metric; where it leads does not count', () => {
    const key = (change: Partial<HostRoute>) => objectKey({ kind: 'route', route: { ...route, ...change } });
    expect(key({ via: null, interface: 'eth1', onlink: true, protocol: 4 })).toBe(key({}));
    for (const change of [{ table: 254 }, { metric: 1 }, { destination: cidr('10.0.0.0/8') }]) {
      expect(key(change)).not.toBe(key({}));
    }
  });

  test('a rule is every selector with its table; who made it does not count', () => {
    const key = (change: Partial<HostRule>) => objectKey({ kind: 'rule', rule: { ...rule, ...change } });
    expect(key({ protocol: 4 })).toBe(key({}));
    const changes: Partial<HostRule>[] = [
      { priority: 1 },
      { from: null },
      { to: cidr('10.0.0.0/8') },
      { ipProtocol: 'udp' },
      { sourcePort: 8080 },
      { mark: 1 },
      { table: 5301 },
    ];
    expect(new Set([key({}), ...changes.map(key)]).size).toBe(changes.length + 1);
  });

  test('a mark is its match and its number, in any order of ports', () => {
    const any = {
      protocol: 'tcp' as const,
      from: null,
      sourcePorts: null,
      address: ip('10.0.0.1'),
      mark: 10,
    };
    const key = (ports: number[], change: Partial<HostMark> = {}) =>
      objectKey({ kind: 'mark', mark: { ...any, ports, ...change } });
    expect(key([443, 80])).toBe(key([80, 443]));
    expect(key([80])).not.toBe(key([80, 443]));
    expect(key([80])).toBe('mark 10 tcp 10.0.0.1 ports 80');
    expect(key([80], { from: cidr('10.0.0.9/32'), sourcePorts: { first: 28_000, last: 28_007 } })).toBe(
      'mark 10 tcp from 10.0.0.9/32 sports 28000-28007 10.0.0.1 ports 80',
    );
  });

  test('a destination is its endpoint within its service', () => {
    const destination = { address: ip('10.0.0.2'), port: 8080 };
    expect(objectKey({ kind: 'destination', service: at('tcp', '10.0.0.1', 80), destination })).toBe(
      'destination tcp 10.0.0.1:80 -> 10.0.0.2:8080',
    );
  });
});
