// A large table at once: nothing is lost on the way, whatever else is asked meanwhile.
import assert from 'node:assert/strict';
import { after, afterEach, test } from 'node:test';
import { emptyHostState, type HostServiceWithDestinations, type Operation, plan } from '@signalbox/cluster';
import { openKernel } from '../index.ts';
import { destination, service, tcp } from './ipvs-objects.ts';
import { linesOf, output } from './programs.ts';

const kernel = await openKernel();
after(() => kernel.close());
afterEach(() => output('ipvsadm', '-C'));

const tableOf = (services: number, destinations: number): HostServiceWithDestinations[] =>
  Array.from({ length: services }, (_, s) => ({
    ...service(tcp(`10.83.${Math.floor(s / 250)}.${(s % 250) + 1}`, 80)),
    destinations: Array.from({ length: destinations }, (_, d) =>
      destination(`10.84.${d}.${(s % 250) + 1}`, { weight: 1 + (d % 3) }),
    ),
  }));

const additions = (services: HostServiceWithDestinations[]): Operation[] =>
  plan({ ...emptyHostState, services }, emptyHostState).map(({ operation }) => operation);

void test('1,000 services with 10 destinations each are all there afterwards', {
  timeout: 120_000,
}, async () => {
  const services = tableOf(1000, 10);
  const progress: number[] = [];
  const results = await kernel.run(additions(services), (done) => progress.push(done));
  assert.equal(results.length, 11_000);
  assert.ok(results.every(({ kind }) => kind === 'done'));
  assert.equal(progress.at(-1), 11_000);
  assert.deepEqual(
    progress,
    progress.toSorted((a, b) => a - b),
  );

  const observed = await kernel.observe([]);
  assert.deepEqual(
    plan({ ...emptyHostState, services }, { ...emptyHostState, services: observed.services }),
    [],
  );
  assert.equal((await linesOf('ipvsadm', '-S', '-n')).length, 11_000);

  const readings = await kernel.readServices();
  assert.equal(readings.length, 1000);
  assert.equal(readings.flatMap(({ destinations }) => destinations).length, 10_000);
});

void test('a burst of refusals overruns nothing', { timeout: 120_000 }, async () => {
  const [first] = additions(tableOf(1, 0));
  assert.ok(first !== undefined);
  await kernel.run([first]);
  // One failing pack each, many at once: 64 errors come back for every send.
  const runs = Array.from({ length: 100 }, () => kernel.run(Array.from({ length: 64 }, () => first)));
  const results = (await Promise.all(runs)).flat();
  assert.equal(results.length, 6400);
  assert.ok(results.every((result) => result.kind === 'failed' && result.errno === 'EEXIST'));
});

void test('looking while writing misses nothing that was there', { timeout: 120_000 }, async () => {
  const before = tableOf(100, 5);
  await kernel.run(additions(before));
  const added = additions(tableOf(200, 5).slice(100));
  const [results, ...readings] = await Promise.all([
    kernel.run(added),
    ...Array.from({ length: 5 }, () => kernel.readServices()),
    kernel.observe([]).then(({ services }) => services),
  ]);
  assert.ok(results.every(({ kind }) => kind === 'done'));
  assert.ok(readings.every(({ length }) => length >= 100));
  assert.equal((await kernel.observe([])).services.length, 200);
});

/** Another program at work: services that come and go, in a process of its own. */
const changes = `for port in $(seq 1000 1060); do
  ipvsadm -A -t 10.83.0.1:$port -s rr && ipvsadm -D -t 10.83.0.1:$port
done`;

void test('while another program changes the table, what stays is never missing', {
  timeout: 120_000,
}, async () => {
  const stay = tableOf(200, 3);
  await kernel.run(additions(stay));
  await kernel.observe([]);
  const other = { atWork: true };
  const done = output('bash', '-c', changes).finally(() => (other.atWork = false));
  for (let look = 0; other.atWork && look < 200; look += 1) {
    const { services } = await kernel.observe([]);
    const there = new Map(services.map((each) => [JSON.stringify(each.key), each.destinations.length]));
    assert.ok(stay.every((each) => there.get(JSON.stringify(each.key)) === 3));
  }
  await done;
});
