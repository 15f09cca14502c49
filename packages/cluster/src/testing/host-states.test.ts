// Random host states from small pools, so that two of them share objects and differ in them.
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  type HostAddress,
  type HostMark,
  type HostDestination,
  type HostRoute,
  type HostRule,
  type HostService,
  type HostServiceWithDestinations,
  HostState,
  type ServiceKey,
} from '../host-state.ts';
import { endpointText, serviceKeyText } from '../keys.ts';
import { objectKey } from '../object-key.ts';
import { cidr, ip } from './drawings.ts';

const serviceKey: fc.Arbitrary<ServiceKey> = fc.constantFrom<ServiceKey>(
  { kind: 'address', protocol: 'tcp', address: ip('192.168.0.111'), port: 80 },
  { kind: 'address', protocol: 'udp', address: ip('192.168.0.111'), port: 80 },
  { kind: 'address', protocol: 'sctp', address: ip('192.168.0.112'), port: 443 },
  { kind: 'fwmark', family: 'ipv4', mark: 10 },
);

const ipv6Key: fc.Arbitrary<ServiceKey> = fc.constantFrom<ServiceKey>(
  { kind: 'address', protocol: 'tcp', address: ip('2001:db8::1'), port: 80 },
  { kind: 'fwmark', family: 'ipv6', mark: 10 },
);

const thresholds = fc
  .tuple(fc.nat(3), fc.nat(3))
  .map(([a, b]) => ({ upperThreshold: Math.max(a, b), lowerThreshold: Math.min(a, b) }));

const destinationOf = (family: 'ipv4' | 'ipv6'): fc.Arbitrary<HostDestination> => {
  const texts = family === 'ipv4' ? ['10.0.0.1', '10.0.0.2'] : ['2001:db8::11', '2001:db8::12'];
  return fc
    .record({
      address: fc.constantFrom(...texts.map(ip)),
      port: fc.constantFrom(80, 8080),
      method: fc.constantFrom<HostDestination['method'][]>('masq', 'gate', 'ipip'),
      weight: fc.nat(2),
      tunnel: fc.option(
        fc.constantFrom<HostDestination['tunnel'][]>(
          { type: 'gue', port: 6080, checksum: 'csum' },
          { type: 'gre', port: 0, checksum: 'nocsum' },
        ),
      ),
    })
    .map((destination) => ({
      ...destination,
      tunnel: destination.method === 'ipip' ? destination.tunnel : null,
    }))
    .chain((destination) => thresholds.map((both) => ({ ...destination, ...both })));
};

const configuration = (family: 'ipv4' | 'ipv6'): fc.Arbitrary<Omit<HostService, 'key'>> =>
  fc.record({
    scheduler: fc.constantFrom('rr', 'wrr', 'sh', 'mh'),
    schedulerFlags: fc.shuffledSubarray(['sh-fallback', 'sh-port']),
    persistence: fc.option(
      fc.record({
        timeoutSeconds: fc.constantFrom(1, 360),
        netmask:
          family === 'ipv4'
            ? fc.constantFrom('255.255.255.255', '255.255.255.0')
            : fc.constantFrom('128', '64'),
        engine: fc.constantFrom(null, 'sip'),
      }),
    ),
    onePacket: fc.boolean(),
  });

const service: fc.Arbitrary<HostServiceWithDestinations> = fc
  .oneof({ weight: 3, arbitrary: serviceKey }, { weight: 1, arbitrary: ipv6Key })
  .chain((key) => {
    const family = key.kind === 'address' ? key.address.family : key.family;
    const destinations = fc.uniqueArray(destinationOf(family), {
      maxLength: 4,
      selector: ({ address, port }) => endpointText(address, port),
    });
    return fc
      .tuple(configuration(family), destinations)
      .map(([rest, list]) => ({ key, ...rest, destinations: list }));
  });

/** Services with distinct keys and distinct destinations. */
export const services = fc.uniqueArray(service, { maxLength: 5, selector: ({ key }) => serviceKeyText(key) });

const address: fc.Arbitrary<HostAddress> = fc
  .record({
    interface: fc.constantFrom('eth0', 'lo'),
    cidr: fc.constantFrom('192.168.137.100/32', '10.0.0.100/32', '10.0.0.200/8').map(cidr),
  })
  .map((one) => ({ ...one, label: one.interface === 'lo' ? 'lo:1' : null }));

const place = {
  table: fc.constantFrom(254, 5300, 5301),
  destination: fc.constantFrom('0.0.0.0/0', '10.0.0.1/32').map(cidr),
  metric: fc.constantFrom(0, 100),
  protocol: fc.constant(83),
};

const route: fc.Arbitrary<HostRoute> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      ...place,
      type: fc.constant('unicast' as const),
      via: fc.constantFrom(null, ip('10.0.0.9'), ip('10.0.0.8')),
      interface: fc.constantFrom('eth0', 'eth1'),
      onlink: fc.boolean(),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      ...place,
      type: fc.constantFrom('blackhole', 'unreachable'),
      via: fc.constant(null),
      interface: fc.constant(null),
      onlink: fc.constant(false),
    }),
  },
);

const rule: fc.Arbitrary<HostRule> = fc.record({
  priority: fc.constantFrom(5300, 5301),
  from: fc.constantFrom(null, cidr('10.0.0.1/32')),
  to: fc.constantFrom(null, cidr('10.0.0.0/8')),
  ipProtocol: fc.constantFrom(null, 'tcp', 'udp'),
  sourcePort: fc.constantFrom(null, 80, 8080),
  mark: fc.constantFrom(null, 10),
  table: fc.constantFrom(5300, 5301),
  protocol: fc.constant(83),
});

const mark: fc.Arbitrary<HostMark> = fc.record({
  protocol: fc.constantFrom<('tcp' | 'udp')[]>('tcp', 'udp'),
  from: fc.constantFrom(null, cidr('10.0.0.9/32'), cidr('10.0.0.0/8')),
  sourcePorts: fc.constantFrom(null, { first: 28_000, last: 28_007 }),
  address: fc.constant(ip('192.168.0.111')),
  ports: fc.constantFrom<number[][]>([80], [80, 443]),
  mark: fc.constantFrom(10, 11),
});

const valuesOfSysctls = {
  'net.ipv4.ip_forward': ['0', '1'],
  'net.ipv4.conf.all.accept_redirects': ['0', '1'],
  'net.ipv4.conf.all.send_redirects': ['0', '1'],
  'net.ipv4.conf.eth0.rp_filter': ['0', '1', '2'],
  'net.ipv4.conf.lo.arp_ignore': ['0', '1', '2'],
  'net.ipv4.conf.lo.arp_announce': ['0', '1', '2'],
};

/** The same names in every state, as what is read follows what is wanted. */
const sysctls = fc
  .tuple(
    ...Object.entries(valuesOfSysctls).map(([name, values]) =>
      fc.constantFrom(...values).map((value) => ({ name, value })),
    ),
  )
  .chain((list) => fc.shuffledSubarray(list, { minLength: list.length }));

export const hostState: fc.Arbitrary<HostState> = fc.record({
  services,
  addresses: fc.uniqueArray(address, {
    maxLength: 4,
    selector: (one) => objectKey({ kind: 'address', address: one }),
  }),
  routes: fc.uniqueArray(route, {
    maxLength: 5,
    selector: (one) => objectKey({ kind: 'route', route: one }),
  }),
  rules: fc.uniqueArray(rule, { maxLength: 4, selector: (one) => objectKey({ kind: 'rule', rule: one }) }),
  sysctls,
  marks: fc.uniqueArray(mark, { maxLength: 3, selector: (one) => objectKey({ kind: 'mark', mark: one }) }),
});

/** The state with all its lists in another order. */
export const shuffled = (state: HostState): fc.Arbitrary<HostState> => {
  const whole = <T>(list: readonly T[]) => fc.shuffledSubarray([...list], { minLength: list.length });
  return fc.record({
    services: whole(state.services).chain((list) =>
      list.length === 0
        ? fc.constant([])
        : fc
            .tuple(...list.map((one) => whole(one.destinations)))
            .map((lists) => list.map((one, index) => ({ ...one, destinations: lists[index] ?? [] }))),
    ),
    addresses: whole(state.addresses),
    routes: whole(state.routes),
    rules: whole(state.rules),
    sysctls: whole(state.sysctls),
    marks: whole(state.marks),
  });
};

test('random host states are host states', () => {
  fc.assert(
    fc.property(hostState, (state) => {
      expect(HostState.parse(state)).toEqual(state);
    }),
  );
});
