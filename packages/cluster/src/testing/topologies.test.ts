// Random topologies from small pools: references that do and do not resolve, addresses that collide.
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Address } from '../address.ts';
import { Scheduler, SchedulerFlag } from '../ipvs.ts';
import { type Interface, type Node, NodeKind, Topology } from '../topology.ts';
import { cidr, ip } from './drawings.ts';

const networkId = fc.constantFrom('outer', 'inner', 'gone');
const nodeId = fc.constantFrom('n1', 'n2', 'n3', 'n4', 'n5');
const address: fc.Arbitrary<Address> = fc.constantFrom(
  ...[
    '10.1.0.1',
    '10.1.0.2',
    '10.1.0.3',
    '10.2.0.1',
    '10.2.0.2',
    '10.2.0.3',
    '10.2.0.255',
    '2001:db8::1',
  ].map(ip),
);

const network = (id: string, text: string) => ({ id, name: id, cidrs: [cidr(text)] });

const device = (id: string): fc.Arbitrary<Interface> =>
  fc.record({
    id: fc.constant(id),
    name: fc.constant(id),
    networkId,
    addresses: fc.array(
      fc.record({
        cidr: fc.tuple(address, fc.constantFrom(24, 32)).map(([address, prefix]) => ({ address, prefix })),
        origin: fc.constantFrom<('host' | 'signalbox')[]>('host', 'signalbox'),
      }),
      { maxLength: 2 },
    ),
  });

const node = (id: string): fc.Arbitrary<Node> =>
  fc.record({
    id: fc.constant(id),
    name: fc.constant(id),
    kind: fc.constantFrom(...NodeKind.options),
    agent: fc.constant(null),
    interfaces: fc
      .tuple(device('eth0'), device('eth1'), fc.nat(2))
      .map(([first, second, count]) => [first, second].slice(0, count)),
    gateway: fc.option(address),
    position: fc.constant(null),
  });

const destination = fc.record({
  id: fc.constantFrom('d1', 'd2', 'd3'),
  nodeId,
  address,
  port: fc.constantFrom(80, 8080),
  weight: fc.nat(2),
  upperThreshold: fc.nat(2),
  lowerThreshold: fc.nat(2),
  method: fc.constantFrom<('masq' | 'gate' | null)[]>(null, null, 'masq', 'gate'),
});

const service = (id: string) =>
  fc.record({
    id: fc.constant(id),
    at: fc.record({
      kind: fc.constant('address' as const),
      protocol: fc.constantFrom<('tcp' | 'udp')[]>('tcp', 'udp'),
      vipId: fc.constantFrom('v1', 'v2', 'gone'),
      port: fc.constantFrom(80, 443),
    }),
    scheduler: fc.constantFrom(...Scheduler.options),
    schedulerFlags: fc.subarray([...SchedulerFlag.options]),
    persistence: fc.option(
      fc.record({
        timeoutSeconds: fc.constant(360),
        netmask: fc.constantFrom('255.255.255.255', '0.0.0.0', '64', 'x'),
        engine: fc.constantFrom<('sip' | null)[]>(null, 'sip'),
      }),
    ),
    onePacket: fc.boolean(),
    method: fc.constantFrom<('masq' | 'gate' | 'ipip')[]>('masq', 'masq', 'gate', 'ipip'),
    destinations: fc.array(destination, { maxLength: 3 }),
  });

const vip = (id: string) => fc.record({ id: fc.constant(id), address, directorId: nodeId });

/** Any drawing that has the shape of one; most have problems. */
export const anyTopology: fc.Arbitrary<Topology> = fc.record({
  name: fc.constant('any'),
  networks: fc.constant([network('outer', '10.1.0.0/24'), network('inner', '10.2.0.0/24')]),
  nodes: fc.tuple(node('n1'), node('n2'), node('n3'), node('n4')).map((nodes) => [...nodes]),
  vips: fc.tuple(vip('v1'), vip('v2')).map((vips) => [...vips]),
  services: fc
    .tuple(service('s1'), service('s2'), fc.nat(2))
    .map(([first, second, count]) => [first, second].slice(0, count)),
});

test('random topologies are topologies', () => {
  fc.assert(
    fc.property(anyTopology, (topology) => {
      expect(Topology.parse(topology)).toEqual(topology);
    }),
  );
});
