// Random sequences of addresses, routes and rules: the kernel and the model answer alike, whatever the order.
import { after, afterEach, beforeEach, test } from 'node:test';
import { type HostRoute, type HostState, objectKey, type Operation } from '@signalbox/cluster';
import * as fc from 'fast-check';
import { openKernel } from '../index.ts';
import { address } from './ipvs-objects.ts';
import { cidr, device, makeDevice, removeDevice, route, rule } from './route-objects.ts';
import { type SideBySide, sideBySide } from './side-by-side.ts';

const kernel = await openKernel();
after(() => kernel.close());
beforeEach(makeDevice);
afterEach(removeDevice);

const addresses = fc.record({
  cidr: fc.constantFrom('10.0.0.100/32', '10.0.0.101/32', '192.0.2.1/32').map(cidr),
  interface: fc.constantFrom(device, 'lo'),
  label: fc.constantFrom(null, 'lo:1', `${device}:1`),
});

const routes = fc
  .record({
    destination: fc.constantFrom('10.1.0.0/24', '10.1.0.1/32', '0.0.0.0/0'),
    table: fc.constantFrom(254, 5300, 5429),
    via: fc.constantFrom(null, '10.9.0.2', '192.0.2.129'),
    metric: fc.constantFrom(0, 10),
  })
  .map(({ destination, table, via, metric }) =>
    route(destination, {
      table,
      metric,
      via: via === null ? null : address(via),
      onlink: via === '192.0.2.129',
    }),
  );

const lastResorts = fc
  .record({
    type: fc.constantFrom('blackhole', 'unreachable', 'prohibit', 'throw'),
    table: fc.constantFrom(5300, 5429),
    metric: fc.constantFrom(0, 10, 4_278_198_272),
  })
  .map((options) => route('0.0.0.0/0', { ...options, interface: null }));

const rules = fc
  .record({
    from: fc.constantFrom('192.0.2.131/32', '192.0.2.128/25'),
    options: fc.record({
      priority: fc.constantFrom(5300, 5301),
      ipProtocol: fc.constantFrom('tcp' as const, 'udp' as const),
      sourcePort: fc.constantFrom(80, 443),
      table: fc.constantFrom(5300, 5429),
    }),
  })
  .map(({ from, options }) => rule(from, options));

const operations: fc.Arbitrary<Operation> = fc.oneof(
  fc
    .tuple(fc.constantFrom('addAddress' as const, 'deleteAddress' as const), addresses)
    .map(([kind, each]): Operation => ({ kind, address: each })),
  fc
    .tuple(fc.constantFrom('addRoute' as const, 'deleteRoute' as const), fc.oneof(routes, lastResorts))
    .map(([kind, each]): Operation => ({ kind, route: each })),
  fc
    .tuple(fc.constantFrom('addRule' as const, 'deleteRule' as const), rules)
    .map(([kind, each]): Operation => ({ kind, rule: each })),
);

/**
 * Deleting a route, the kernel takes metric 0 for any metric and no next hop for any next hop. The model does not, and
 * a plan never asks: it deletes what it has seen.
 */
const isLax = (operation: Operation, { routes: there }: HostState): boolean =>
  operation.kind === 'deleteRoute' &&
  there.some((other) => sameDestination(other, operation.route)) &&
  !there.some((other) => sameRoute(other, operation.route));

const sameDestination = (a: HostRoute, b: HostRoute) =>
  objectKey({ kind: 'route', route: { ...a, metric: 0 } }) ===
  objectKey({ kind: 'route', route: { ...b, metric: 0 } });
const sameRoute = (a: HostRoute, b: HostRoute) =>
  objectKey({ kind: 'route', route: a }) === objectKey({ kind: 'route', route: b }) &&
  a.via?.text === b.via?.text &&
  a.type === b.type;

/** Takes away what a sequence has made, by operations that the model runs too. */
async function clear(both: SideBySide): Promise<void> {
  for (const each of both.state().routes.filter(({ protocol }) => protocol === 83)) {
    await both.run({ kind: 'deleteRoute', route: each });
  }
  for (const each of both.state().rules.filter(({ protocol }) => protocol === 83)) {
    await both.run({ kind: 'deleteRule', rule: each });
  }
  for (const each of both.state().addresses.filter(({ cidr: { prefix } }) => prefix === 32)) {
    await both.run({ kind: 'deleteAddress', address: each });
  }
}

void test('the kernel does what the model says, and keeps what it was given', {
  timeout: 120_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(operations, { minLength: 10, maxLength: 40 }), async (sequence) => {
      const both = await sideBySide(kernel);
      try {
        for (const operation of sequence) if (!isLax(operation, both.state())) await both.run(operation);
      } finally {
        await clear(both);
      }
    }),
    { numRuns: 25, interruptAfterTimeLimit: 90_000, markInterruptAsFailure: false },
  );
});
