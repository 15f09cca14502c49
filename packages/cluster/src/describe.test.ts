import { describe as about, expect, test } from 'vitest';
import { describe } from './describe.ts';
import { canonicalOperations } from './digest.ts';
import type { HostDestination, HostService, ServiceKey } from './host-state.ts';
import { inverse } from './inverse.ts';
import { Operation } from './operation.ts';
import { cidr, ip } from './testing/drawings.ts';
import { replyRoute, replyRule, rs, vipOn, web, webKey } from './testing/host-objects.ts';

const serviceOf = (change: Partial<HostService>): HostService => {
  const { destinations: _, ...service } = web([]);
  return { ...service, ...change };
};
const address = (protocol: 'tcp' | 'udp' | 'sctp', text: string): ServiceKey => ({
  kind: 'address',
  protocol,
  address: ip(text),
  port: 53,
});

const add = (change: Partial<HostService>) => describe({ kind: 'addService', service: serviceOf(change) });
const addDestination = (destination: HostDestination) =>
  describe({ kind: 'addDestination', service: webKey, destination });

about('a service reads as ipvsadm takes it', () => {
  test.each<[Partial<HostService>, string]>([
    [{}, 'ipvsadm -A -t 192.168.0.111:80 -s rr'],
    [{ key: address('udp', '10.0.0.1') }, 'ipvsadm -A -u 10.0.0.1:53 -s rr'],
    [{ key: address('sctp', '10.0.0.1') }, 'ipvsadm -A --sctp-service 10.0.0.1:53 -s rr'],
    [{ key: address('tcp', '2001:db8::1') }, 'ipvsadm -A -t [2001:db8::1]:53 -s rr'],
    [{ key: { kind: 'fwmark', family: 'ipv4', mark: 10 } }, 'ipvsadm -A -f 10 -s rr'],
    [{ key: { kind: 'fwmark', family: 'ipv6', mark: 10 } }, 'ipvsadm -A -f 10 -6 -s rr'],
    [
      { persistence: { timeoutSeconds: 360, netmask: '255.255.255.255', engine: null } },
      'ipvsadm -A -t 192.168.0.111:80 -s rr -p 360',
    ],
    [
      { persistence: { timeoutSeconds: 5, netmask: '255.255.255.0', engine: 'sip' }, onePacket: true },
      'ipvsadm -A -t 192.168.0.111:80 -s rr -p 5 -M 255.255.255.0 --pe sip -o',
    ],
    [
      { scheduler: 'sh', schedulerFlags: ['sh-port', 'sh-fallback'] },
      'ipvsadm -A -t 192.168.0.111:80 -s sh -b sh-fallback,sh-port',
    ],
  ])('%o', (change, line) => {
    expect(add(change)).toBe(line);
  });

  test('edited whole, deleted by its key', () => {
    const to = serviceOf({ scheduler: 'wlc', onePacket: true });
    expect(describe({ kind: 'editService', from: serviceOf({}), to })).toBe(
      'ipvsadm -E -t 192.168.0.111:80 -s wlc -o',
    );
    expect(describe({ kind: 'deleteService', service: to })).toBe('ipvsadm -D -t 192.168.0.111:80');
  });
});

about('a destination reads as ipvsadm takes it', () => {
  const line = 'ipvsadm -a -t 192.168.0.111:80 -r 192.168.137.131:80';

  test.each<[Partial<HostDestination>, string]>([
    [{}, `${line} -m -w 1`],
    [{ method: 'gate', weight: 0 }, `${line} -g -w 0`],
    [{ upperThreshold: 100, lowerThreshold: 80 }, `${line} -m -w 1 -x 100 -y 80`],
    [{ method: 'ipip' }, `${line} -i -w 1 --tun-type ipip`],
    [
      { method: 'ipip', tunnel: { type: 'gue', port: 6080, checksum: 'remcsum' } },
      `${line} -i -w 1 --tun-type gue --tun-port 6080 --tun-remcsum`,
    ],
    [
      { method: 'ipip', tunnel: { type: 'gre', port: 0, checksum: 'csum' } },
      `${line} -i -w 1 --tun-type gre --tun-csum`,
    ],
    [{ method: 'local' }, `${line} -g -w 1`],
  ])('%o', (change, expected) => {
    expect(addDestination(rs('131', change))).toBe(expected);
  });

  test('edited with every option, because a missing one is a default', () => {
    const to = rs('131', { weight: 6 });
    expect(describe({ kind: 'editDestination', service: webKey, from: rs('131'), to })).toBe(
      'ipvsadm -e -t 192.168.0.111:80 -r 192.168.137.131:80 -m -w 6',
    );
  });
});

about('the rest reads as ip, sysctl and iptables take it', () => {
  test.each<[Operation, string]>([
    [{ kind: 'addAddress', address: vipOn('lo') }, 'ip addr add 10.0.0.100/32 dev lo label lo:1'],
    [{ kind: 'deleteAddress', address: vipOn('lo') }, 'ip addr del 10.0.0.100/32 dev lo'],
    [
      { kind: 'addRoute', route: replyRoute() },
      'ip route add default via 192.168.137.129 dev eth0 table 5429 proto 83',
    ],
    [
      { kind: 'addRoute', route: replyRoute({ destination: cidr('192.168.137.132/32'), via: null }) },
      'ip route add 192.168.137.132/32 dev eth0 table 5429 proto 83',
    ],
    [
      { kind: 'deleteRoute', route: replyRoute({ table: 254, onlink: true, metric: 5, interface: null }) },
      'ip route del default via 192.168.137.129 onlink metric 5 proto 83',
    ],
    [
      { kind: 'addRoute', route: replyRoute({ type: 'blackhole', via: null, interface: null, metric: 7 }) },
      'ip route add blackhole default metric 7 table 5429 proto 83',
    ],
    [
      { kind: 'addRoute', route: replyRoute({ destination: cidr('::/0'), via: ip('2001:db8::1') }) },
      'ip -6 route add default via 2001:db8::1 dev eth0 table 5429 proto 83',
    ],
    [
      { kind: 'addRule', rule: replyRule() },
      'ip rule add priority 5300 from 192.168.137.131/32 ipproto tcp sport 80 lookup 5429 protocol 83',
    ],
    [
      { kind: 'addRoute', route: replyRoute({ table: 255, protocol: 2 }) },
      'ip route add default via 192.168.137.129 dev eth0 table local proto kernel',
    ],
    [
      { kind: 'addRule', rule: replyRule({ ipProtocol: null, sourcePort: null, table: 253, protocol: 4 }) },
      'ip rule add priority 5300 from 192.168.137.131/32 lookup default protocol static',
    ],
    [
      {
        kind: 'deleteRule',
        rule: replyRule({
          from: null,
          to: cidr('2001:db8::/64'),
          ipProtocol: null,
          sourcePort: null,
          mark: 3,
        }),
      },
      'ip -6 rule del priority 5300 to 2001:db8::/64 fwmark 3 lookup 5429 protocol 83',
    ],
    [
      { kind: 'setSysctl', name: 'net.ipv4.ip_forward', from: '0', to: '1' },
      'sysctl -w net.ipv4.ip_forward=1',
    ],
    [
      {
        kind: 'addMark',
        mark: {
          protocol: 'udp',
          from: null,
          sourcePorts: null,
          address: ip('2001:db8::1'),
          ports: [53],
          mark: 4,
        },
      },
      'ip6tables -t mangle -A SIGNALBOX -p udp -d 2001:db8::1 --dport 53 -j MARK --set-mark 4',
    ],
    [
      {
        kind: 'deleteMark',
        mark: {
          protocol: 'tcp',
          from: cidr('10.0.0.9/32'),
          sourcePorts: { first: 28_000, last: 28_007 },
          address: ip('10.0.0.1'),
          ports: [80],
          mark: 5,
        },
      },
      'iptables -t mangle -D SIGNALBOX -p tcp -s 10.0.0.9/32 -d 10.0.0.1 --sport 28000:28007 --dport 80 -j MARK --set-mark 5',
    ],
  ])('%o', (operation, line) => {
    expect(describe(operation)).toBe(line);
  });

  test('quoted where a shell would read more into a name', () => {
    const nasty = vipOn("a;b'c");
    expect(describe({ kind: 'addAddress', address: nasty })).toBe(
      String.raw`ip addr add 10.0.0.100/32 dev 'a;b'\''c'`,
    );
  });
});

about('inverse', () => {
  const operations: Operation[] = [
    { kind: 'addService', service: serviceOf({}) },
    { kind: 'editService', from: serviceOf({}), to: serviceOf({ scheduler: 'wrr' }) },
    { kind: 'addDestination', service: webKey, destination: rs('131') },
    { kind: 'editDestination', service: webKey, from: rs('131'), to: rs('131', { weight: 2 }) },
    { kind: 'addAddress', address: vipOn('lo') },
    { kind: 'addRoute', route: replyRoute() },
    { kind: 'addRule', rule: replyRule() },
    { kind: 'setSysctl', name: 'net.ipv4.ip_forward', from: '0', to: '1' },
    {
      kind: 'addMark',
      mark: { protocol: 'tcp', from: null, sourcePorts: null, address: ip('10.0.0.1'), ports: [80], mark: 1 },
    },
  ];

  test('undoes every kind of operation, and undone twice it is the same', () => {
    for (const operation of operations) {
      const undone = inverse(operation);
      expect(Operation.parse(undone)).toEqual(undone);
      expect(undone).not.toEqual(operation);
      expect(inverse(undone)).toEqual(operation);
    }
  });
});

about('canonicalOperations', () => {
  test('does not depend on the order in which an object was written', () => {
    const one: Operation = { kind: 'setSysctl', name: 'a', from: '0', to: '1' };
    const other: Operation = { to: '1', from: '0', name: 'a', kind: 'setSysctl' };
    expect(canonicalOperations([{ phase: 'prepare', operation: one }])).toBe(
      '[{"operation":{"from":"0","kind":"setSysctl","name":"a","to":"1"},"phase":"prepare"}]',
    );
    expect(canonicalOperations([{ operation: other, phase: 'prepare' }])).toBe(
      canonicalOperations([{ phase: 'prepare', operation: one }]),
    );
  });

  test('depends on phase, order and every value', () => {
    const set = (to: string): Operation => ({ kind: 'setSysctl', name: 'a', from: '0', to });
    const texts = [
      canonicalOperations([{ phase: 'prepare', operation: set('1') }]),
      canonicalOperations([{ phase: 'retire', operation: set('1') }]),
      canonicalOperations([{ phase: 'prepare', operation: set('2') }]),
      canonicalOperations([
        { phase: 'prepare', operation: set('1') },
        { phase: 'prepare', operation: set('2') },
      ]),
      canonicalOperations([
        { phase: 'prepare', operation: set('2') },
        { phase: 'prepare', operation: set('1') },
      ]),
    ];
    expect(new Set(texts).size).toBe(texts.length);
  });
});
