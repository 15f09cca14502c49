// Random sequences of service and destination operations: the kernel and the model answer alike, whatever the order.
import { after, afterEach, test } from 'node:test';
import type { HostDestination, HostService, Operation, ServiceKey } from '@signalbox/cluster';
import * as fc from 'fast-check';
import { openKernel } from '../index.ts';
import { address, destination, service, tcp } from './ipvs-objects.ts';
import { output } from './programs.ts';
import { sideBySide } from './side-by-side.ts';

const kernel = await openKernel();
after(() => kernel.close());
afterEach(() => output('ipvsadm', '-C'));

/** Few of each, so that operations meet: the second of a pair finds what the first has made. */
const keys = fc.constantFrom<ServiceKey>(
  tcp('192.0.2.1', 80),
  tcp('192.0.2.1', 443),
  { kind: 'address', protocol: 'udp', address: address('192.0.2.1'), port: 80 },
  { kind: 'fwmark', family: 'ipv4', mark: 1 },
  tcp('2001:db8::1', 80),
  { kind: 'fwmark', family: 'ipv6', mark: 1 },
);

const familyOf = (key: ServiceKey) => (key.kind === 'fwmark' ? key.family : key.address.family);

const schedulers = fc.oneof(
  {
    weight: 30,
    arbitrary: fc.constantFrom('rr', 'wrr', 'lc', 'wlc', 'sh', 'mh', 'dh', 'sed', 'nq', 'fo', 'ovf'),
  },
  { weight: 1, arbitrary: fc.constant('nosuch') },
);
const flagsOf = (scheduler: string) =>
  ['sh', 'mh'].includes(scheduler) ? [`${scheduler}-fallback`, `${scheduler}-port`] : [];

const services: fc.Arbitrary<HostService> = fc.tuple(keys, schedulers).chain(([key, scheduler]) =>
  fc.record({
    key: fc.constant(key),
    scheduler: fc.constant(scheduler),
    schedulerFlags: fc.subarray(flagsOf(scheduler)),
    persistence: fc.option(
      fc.record({
        timeoutSeconds: fc.integer({ min: 1, max: 2_678_400 }),
        netmask:
          familyOf(key) === 'ipv4'
            ? fc.constantFrom('255.255.255.255', '255.255.0.0')
            : fc.constantFrom('1', '128'),
        engine: fc.constantFrom(null, null, 'sip'),
      }),
    ),
    onePacket: fc.boolean(),
  }),
);

const destinations: fc.Arbitrary<HostDestination> = fc.record({
  address: fc.constantFrom('198.51.100.1', '198.51.100.2', '2001:db8::2', '224.0.0.1').map(address),
  port: fc.constantFrom(80, 8080),
  method: fc.constantFrom('masq' as const, 'gate' as const, 'ipip' as const),
  weight: fc.constantFrom(0, 1, 6, 65_535, -1),
  // What kernels of all ages take: Linux 7.2 refuses what 6.1 took.
  upperThreshold: fc.constantFrom(0, 10, 0x7fffffff),
  lowerThreshold: fc.constantFrom(0, 0, 5),
  tunnel: fc.constant(null),
});

const operations: fc.Arbitrary<Operation> = fc.oneof(
  { weight: 4, arbitrary: services.map((each): Operation => ({ kind: 'addService', service: each })) },
  { weight: 2, arbitrary: services.map((to): Operation => ({ kind: 'editService', from: to, to })) },
  { weight: 1, arbitrary: keys.map((key): Operation => ({ kind: 'deleteService', service: service(key) })) },
  {
    weight: 8,
    arbitrary: fc
      .tuple(keys, destinations)
      .map(([key, each]): Operation => ({ kind: 'addDestination', service: key, destination: each })),
  },
  {
    weight: 4,
    arbitrary: fc
      .tuple(keys, destinations)
      .map(([key, to]): Operation => ({ kind: 'editDestination', service: key, from: to, to })),
  },
  {
    weight: 3,
    arbitrary: fc
      .tuple(keys, destinations)
      .map(([key, each]): Operation => ({ kind: 'deleteDestination', service: key, destination: each })),
  },
);

void test('the kernel does what the model says, and keeps what it was given', {
  timeout: 120_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(operations, { minLength: 10, maxLength: 40 }), async (sequence) => {
      await output('ipvsadm', '-C');
      const both = await sideBySide(kernel);
      for (const operation of sequence) await both.run(operation);
    }),
    { numRuns: 25, endOnFailure: false, interruptAfterTimeLimit: 90_000, markInterruptAsFailure: false },
  );
});

void test('a sequence in packs ends where the model ends', { timeout: 60_000 }, async () => {
  const both = await sideBySide(kernel);
  const key = tcp('192.0.2.9', 80);
  await both.run({ kind: 'addService', service: service(key) });
  const many = Array.from({ length: 200 }, (_, i) => destination(`198.51.100.${i + 1}`, { weight: i }));
  const edited = many.map((each) => ({ ...each, weight: 1 + each.weight, method: 'gate' as const }));
  const sequence: Operation[] = [
    ...many.map((each): Operation => ({ kind: 'addDestination', service: key, destination: each })),
    ...many.map(
      (from, i): Operation => ({ kind: 'editDestination', service: key, from, to: edited[i] ?? from }),
    ),
    ...edited
      .slice(50)
      .map((each): Operation => ({ kind: 'deleteDestination', service: key, destination: each })),
  ];
  const packed = await kernel.run(sequence);
  const failures = packed.filter(({ kind }) => kind !== 'done');
  if (failures.length > 0) throw new Error(JSON.stringify(failures[0]));
  const left = edited.slice(0, 50);
  const observed = (await kernel.observe([])).services[0]?.destinations ?? [];
  const text = (list: readonly HostDestination[]) =>
    JSON.stringify(list.toSorted((a, b) => a.weight - b.weight));
  if (text(observed) !== text(left)) throw new Error('what is left is not what should be');
});
