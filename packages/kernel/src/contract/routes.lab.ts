// Routes: the kernel beside the model, and what ip(8) says to it.
import assert from 'node:assert/strict';
import { after, afterEach, beforeEach, test } from 'node:test';
import type { HostRoute, Operation } from '@signalbox/cluster';
import { openKernel } from '../index.ts';
import { address } from './ipvs-objects.ts';
import { ipJson, output } from './programs.ts';
import { device, makeDevice, removeDevice, route } from './route-objects.ts';
import { saidBy } from './side-by-side.ts';

const kernel = await openKernel();
after(() => kernel.close());
beforeEach(makeDevice);
afterEach(removeDevice);

const said = saidBy(kernel);
const add = (each: HostRoute): Operation => ({ kind: 'addRoute', route: each });
const remove = (each: HostRoute): Operation => ({ kind: 'deleteRoute', route: each });

void test('a route is there once in its table, with its destination and metric', async () => {
  const direct = route('10.1.0.0/24');
  const via = route('10.1.0.0/24', { via: address('10.9.0.2') });
  assert.deepEqual(
    await said(
      add(direct),
      add(direct),
      add(via),
      add({ ...via, metric: 10 }),
      add({ ...via, table: 5301 }),
      add({ ...via, table: 254 }),
      remove(direct),
      remove(route('10.2.0.0/24')),
      remove({ ...via, table: 5302 }),
      remove({ ...via, metric: 10 }),
      remove({ ...via, table: 254 }),
    ),
    ['ok', 'EEXIST', 'EEXIST', 'ok', 'ok', 'ok', 'ok', 'ESRCH', 'ESRCH', 'ok', 'ok'],
  );
});

void test('a route of another protocol stays', async () => {
  await output('ip', 'route', 'add', '10.1.0.0/24', 'dev', device, 'table', '5300', 'proto', 'static');
  const [result] = await kernel.run([remove(route('10.1.0.0/24'))]);
  assert.equal(result?.kind === 'failed' && result.errno, 'ESRCH');
});

void test('the onlink flag is written, read back, and seen by ip', async () => {
  const pinned = route('192.0.2.7/32', { table: 254, via: address('192.0.2.7'), onlink: true });
  // The model has no links, so this one is the kernel's alone.
  const [refused] = await kernel.run([add({ ...pinned, onlink: false })]);
  assert.equal(refused?.kind === 'failed' && refused.errno, 'ENETUNREACH');
  assert.deepEqual(await said(add(pinned)), ['ok']);
  const [shown] = await ipJson<{ gateway: string; flags: string[]; protocol: string }[]>(
    'route',
    'show',
    '192.0.2.7',
  );
  assert.deepEqual([shown?.gateway, shown?.flags, shown?.protocol], ['192.0.2.7', ['onlink'], '83']);
  assert.deepEqual(await said(remove(pinned)), ['ok']);
});

void test('a default route of a table of ours is what ip shows', async () => {
  assert.deepEqual(await said(add(route('0.0.0.0/0', { table: 5429, via: address('10.9.0.2') }))), ['ok']);
  const shown = await ipJson<{ dst: string; gateway: string; dev: string; protocol: string }[]>(
    'route',
    'show',
    'table',
    '5429',
  );
  assert.deepEqual(
    shown.map(({ dst, gateway, dev, protocol }) => [dst, gateway, dev, protocol]),
    [['default', '10.9.0.2', device, '83']],
  );
});

void test('a blackhole of ours is what ip shows, stays when the link goes, and then stands alone', async () => {
  const gateway = route('0.0.0.0/0', { table: 5429, via: address('10.9.0.2') });
  const lastResort = route('0.0.0.0/0', {
    type: 'blackhole',
    table: 5429,
    interface: null,
    metric: 4_278_198_272,
  });
  assert.deepEqual(await said(add(gateway), add(lastResort), add(lastResort)), ['ok', 'ok', 'EEXIST']);
  type Shown = { type?: string; dst: string; metric?: number; protocol: string; dev?: string };
  const shown = async () =>
    (await ipJson<Shown[]>('route', 'show', 'table', '5429')).map(({ type, dst, metric, protocol, dev }) => [
      type ?? 'unicast',
      dst,
      metric ?? 0,
      protocol,
      dev ?? null,
    ]);
  const blackhole = ['blackhole', 'default', 4_278_198_272, '83', null];
  assert.deepEqual(await shown(), [['unicast', 'default', 0, '83', device], blackhole]);
  await output('ip', 'link', 'set', device, 'down');
  await output('ip', 'link', 'set', device, 'up');
  assert.deepEqual(await shown(), [blackhole]);
  const { routes } = await kernel.observe([]);
  assert.deepEqual(
    routes.filter(({ table }) => table === 5429),
    [lastResort],
  );
  // What leads somewhere is not deleted for it, nor it for what leads somewhere.
  assert.deepEqual(await said(remove(gateway), add(gateway), remove(lastResort), remove(gateway)), [
    'ESRCH',
    'ok',
    'ok',
    'ok',
  ]);
});

void test('what ip adds is read: several next hops, a blackhole, a route in a foreign table', async () => {
  const hops = ['nexthop', 'via', '10.9.0.2', 'nexthop', 'via', '10.9.0.3'];
  await output('ip', 'route', 'add', '10.3.0.0/24', 'metric', '7', ...hops);
  await output('ip', 'route', 'add', 'blackhole', '10.4.0.0/24');
  await output('ip', 'route', 'add', '10.5.0.0/24', 'dev', device, 'table', '100');
  const { routes } = await kernel.observe([]);
  const found = (text: string) => routes.filter(({ destination }) => destination.address.text === text);
  assert.deepEqual(
    found('10.3.0.0').map(({ via, interface: name, metric }) => [via, name, metric]),
    [[null, null, 7]],
  );
  assert.deepEqual(
    found('10.4.0.0').map(({ type }) => type),
    ['blackhole'],
  );
  assert.deepEqual(found('10.5.0.0'), []);
  await output('ip', 'route', 'delete', 'blackhole', '10.4.0.0/24');
});
