import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Address, Topology } from '@signalbox/cluster';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { openDatabase } from './index.ts';

const id = fc.stringMatching(/^[a-z0-9]([a-z0-9-]{0,8}[a-z0-9])?$/);
const name = fc
  .string({ minLength: 1, maxLength: 20, unit: 'grapheme' })
  .filter((s) => s.trim() === s && s !== '');
const byte = fc.integer({ min: 0, max: 255 });
const address: fc.Arbitrary<Address> = fc.oneof(
  fc.tuple(byte, byte, byte, byte).map((bytes) => ({ family: 'ipv4' as const, text: bytes.join('.') })),
  fc.constantFrom('2001:db8::1', 'fe80::1', '::').map((text) => ({ family: 'ipv6' as const, text })),
);
const cidr = fc.record({ address, prefix: fc.integer({ min: 0, max: 32 }) });
const port = fc.integer({ min: 1, max: 65535 });
const threshold = fc.integer({ min: 0, max: 0xffffffff });
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: null });
const listOf = <T extends { id: string }>(arbitrary: fc.Arbitrary<T>) =>
  fc.uniqueArray(arbitrary, { maxLength: 4, selector: (item) => item.id });
const number = fc.double({ noNaN: true, noDefaultInfinity: true }).map((x) => (x === 0 ? 0 : x));

const node = fc.record({
  id,
  name,
  kind: fc.constantFrom('client', 'router', 'director', 'realServer', 'mysql'),
  agent: maybe(fc.record({ host: fc.constantFrom('10.1.2.3', 'agent.example'), port })),
  interfaces: listOf(
    fc.record({
      id,
      name: fc.constantFrom('eth0', 'enp1s0.100'),
      networkId: id,
      addresses: fc.array(fc.record({ cidr, origin: fc.constantFrom('host', 'signalbox') }), {
        maxLength: 3,
      }),
    }),
  ),
  gateway: maybe(address),
  position: maybe(fc.record({ x: number, y: number })),
});

const method = fc.constantFrom('masq', 'gate', 'ipip');
const service = fc.record({
  id,
  at: fc.record({
    kind: fc.constant('address'),
    protocol: fc.constantFrom('tcp', 'udp', 'sctp'),
    vipId: id,
    port,
  }),
  scheduler: fc.constantFrom('rr', 'wlc', 'sh', 'mh'),
  schedulerFlags: fc.uniqueArray(fc.constantFrom('sh-fallback', 'sh-port', 'mh-fallback', 'mh-port')),
  persistence: maybe(
    fc.record({
      timeoutSeconds: fc.integer({ min: 1, max: 2_678_400 }),
      netmask: fc.constantFrom('255.255.255.0', '64'),
      engine: maybe(fc.constant('sip')),
    }),
  ),
  onePacket: fc.boolean(),
  method,
  destinations: listOf(
    fc.record({
      id,
      nodeId: id,
      address,
      port,
      weight: fc.integer({ min: 0, max: 65535 }),
      upperThreshold: threshold,
      lowerThreshold: threshold,
      method: maybe(method),
    }),
  ),
});

const topology = fc.record({
  name,
  networks: listOf(fc.record({ id, name, cidrs: fc.array(cidr, { minLength: 1, maxLength: 3 }) })),
  nodes: listOf(node),
  vips: listOf(fc.record({ id, address, directorId: id })),
  services: listOf(service),
}) as fc.Arbitrary<Topology>;

test('whatever was drawn, reading it gives back exactly what was saved', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'signalbox-db-'));
  const database = await openDatabase(join(folder, 'signalbox.db'));
  let n = 0;
  try {
    await fc.assert(
      fc.asyncProperty(topology, topology, async (first, second) => {
        const clusterId = `c${n++}`;
        await database.clusters.create({ clusterId, topology: first, by: 'Ada' });
        expect((await database.clusters.get(clusterId))?.topology).toEqual(first);
        await database.clusters.saveTopology({ clusterId, revision: 1, topology: second, by: 'Ada' });
        const stored = await database.clusters.get(clusterId);
        expect(stored?.topology).toEqual(second);
        expect(await database.clusters.topologyAt(clusterId, 1)).toEqual(first);
      }),
      { numRuns: 60 },
    );
  } finally {
    await database.close();
    await rm(folder, { recursive: true });
  }
}, 60_000);
