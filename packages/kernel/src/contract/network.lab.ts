// Addresses, routes, rules and interfaces: the kernel beside the model, and what ip(8) says to it.
import assert from 'node:assert/strict';
import { after, afterEach, beforeEach, test } from 'node:test';
import type { HostAddress, HostRoute, HostRule, Operation } from '@signalbox/cluster';
import { openKernel } from '../index.ts';
import { address } from './ipvs-objects.ts';
import { ipJson, output } from './programs.ts';
import { cidr, device, makeDevice, onDevice, removeDevice, route, rule } from './route-objects.ts';
import { sideBySide } from './side-by-side.ts';

const kernel = await openKernel();
after(() => kernel.close());
beforeEach(makeDevice);
afterEach(removeDevice);

/** Runs the operations on kernel and model; answers what they said. */
async function said(...operations: readonly Operation[]): Promise<string[]> {
  const both = await sideBySide(kernel);
  const answers: string[] = [];
  for (const operation of operations) answers.push(await both.run(operation));
  return answers;
}

const up = (each: HostAddress): Operation => ({ kind: 'addAddress', address: each });
const down = (each: HostAddress): Operation => ({ kind: 'deleteAddress', address: each });
const add = (each: HostRoute): Operation => ({ kind: 'addRoute', route: each });
const remove = (each: HostRoute): Operation => ({ kind: 'deleteRoute', route: each });
const addRule = (each: HostRule): Operation => ({ kind: 'addRule', rule: each });
const removeRule = (each: HostRule): Operation => ({ kind: 'deleteRule', rule: each });

void test('an address is on an interface once, whatever its label, and goes without it', async () => {
  const vip = onDevice('10.0.0.100/32', `${device}:1`);
  assert.deepEqual(
    await said(up(vip), up(vip), up({ ...vip, label: null }), down({ ...vip, label: null }), down(vip)),
    ['ok', 'EEXIST', 'EEXIST', 'ok', 'EADDRNOTAVAIL'],
  );
});

void test('an address with another prefix length is another address', async () => {
  assert.deepEqual(
    await said(
      up(onDevice('10.0.0.100/32')),
      down(onDevice('10.0.0.100/24')),
      down(onDevice('10.0.0.100/32')),
    ),
    ['ok', 'EADDRNOTAVAIL', 'ok'],
  );
});

void test('ip shows the address and label that we wrote on lo', async () => {
  const vip: HostAddress = { interface: 'lo', cidr: cidr('10.0.0.100/32'), label: 'lo:1' };
  assert.deepEqual(await said(up(vip)), ['ok']);
  const [lo] = await ipJson<
    [{ addr_info: { local: string; prefixlen: number; label: string; scope: string }[] }]
  >('addr', 'show', 'dev', 'lo');
  const shown = lo.addr_info.find(({ local }) => local === '10.0.0.100');
  assert.deepEqual([shown?.prefixlen, shown?.label, shown?.scope], [32, 'lo:1', 'global']);
  assert.deepEqual(await said(down(vip)), ['ok']);
});

void test('an IPv6 address comes and goes', async () => {
  const vip = onDevice('2001:db8::100/128');
  const [done] = await kernel.run([up(vip)]);
  assert.equal(done?.kind, 'done');
  assert.ok((await kernel.observe([])).addresses.some((each) => each.cidr.address.text === '2001:db8::100'));
  const results = await kernel.run([down(vip), down(vip)]);
  assert.deepEqual(
    results.map((result) => (result.kind === 'failed' ? result.errno : result.kind)),
    ['done', 'EADDRNOTAVAIL'],
  );
});

void test('an interface that is not there is ENODEV, and nothing after it runs', async () => {
  const results = await kernel.run([
    up(onDevice('10.0.0.100/32')),
    up({ ...onDevice('10.0.0.101/32'), interface: 'nope0' }),
    up(onDevice('10.0.0.102/32')),
  ]);
  assert.deepEqual(
    results.map((result) => (result.kind === 'failed' ? result.errno : result.kind)),
    ['done', 'ENODEV', 'notRun'],
  );
});

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

const replies = rule('192.0.2.131/32', { ipProtocol: 'tcp', sourcePort: 80, table: 5429 });

void test('a rule is there once, and another selector makes another rule', async () => {
  const other = { ...replies, sourcePort: 443 };
  assert.deepEqual(
    await said(
      addRule(replies),
      addRule(replies),
      addRule(other),
      addRule({ ...replies, ipProtocol: 'udp' }),
      addRule({ ...replies, table: 5430 }),
      addRule({ ...replies, priority: 5301 }),
      addRule({ ...replies, mark: 7 }),
      removeRule(other),
      removeRule(other),
      removeRule({ ...replies, from: cidr('192.0.2.132/32') }),
      removeRule({ ...replies, mark: 7 }),
      removeRule(replies),
      removeRule({ ...replies, ipProtocol: 'udp' }),
      removeRule({ ...replies, table: 5430 }),
      removeRule({ ...replies, priority: 5301 }),
    ),
    ['ok', 'EEXIST', 'ok', 'ok', 'ok', 'ok', 'ok', 'ok', 'ENOENT', 'ENOENT', 'ok', 'ok', 'ok', 'ok', 'ok'],
  );
});

void test('ip shows the rule that we wrote, and we read the rule that ip writes', async () => {
  assert.deepEqual(await said(addRule(replies)), ['ok']);
  const shown = await ipJson<Record<string, unknown>[]>('rule', 'show', 'priority', '5300');
  assert.deepEqual(
    shown.map((each) => [each['src'], each['ipproto'], each['sport'], each['table'], each['protocol']]),
    [['192.0.2.131', 'tcp', 80, '5429', '83']],
  );
  assert.deepEqual(await said(removeRule(replies)), ['ok']);

  const selectors = [
    'from',
    '192.0.2.131',
    'to',
    '198.51.100.0/24',
    'fwmark',
    '7',
    'ipproto',
    'udp',
    'sport',
    '53',
  ];
  await output('ip', 'rule', 'add', 'priority', '77', ...selectors, 'lookup', '99', 'protocol', 'static');
  const { rules } = await kernel.observe([]);
  assert.deepEqual(
    rules.filter(({ priority }) => priority === 77),
    [
      {
        priority: 77,
        from: cidr('192.0.2.131/32'),
        to: cidr('198.51.100.0/24'),
        ipProtocol: 'udp',
        sourcePort: 53,
        mark: 7,
        table: 99,
        protocol: 4,
      } satisfies HostRule,
    ],
  );
  await output('ip', 'rule', 'delete', 'priority', '77');
});

void test('a rule of another protocol stays', async () => {
  await output(
    'ip',
    'rule',
    'add',
    'priority',
    '5300',
    'from',
    '192.0.2.1',
    'lookup',
    '5300',
    'protocol',
    'static',
  );
  const [result] = await kernel.run([removeRule(rule('192.0.2.1/32'))]);
  assert.equal(result?.kind === 'failed' && result.errno, 'ENOENT');
  await output('ip', 'rule', 'delete', 'priority', '5300');
});

void test('what is read of addresses and interfaces is what ip shows', async () => {
  await output('ip', 'addr', 'add', '10.0.0.200/8', 'dev', device, 'label', `${device}:x`);
  const shown = await ipJson<
    { ifname: string; addr_info: { local: string; prefixlen: number; label?: string }[] }[]
  >('addr', 'show');
  const expected = shown.flatMap(({ ifname, addr_info }) =>
    addr_info.map(({ local, prefixlen, label }) => `${ifname} ${local}/${prefixlen} ${label ?? ifname}`),
  );
  const { addresses } = await kernel.observe([]);
  const ours = addresses.map(
    ({ interface: name, cidr: at, label }) => `${name} ${at.address.text}/${at.prefix} ${label ?? name}`,
  );
  assert.deepEqual(ours.toSorted(), expected.toSorted());
});

void test('bytes of interfaces are those that ip counts', async () => {
  type Shown = { ifname: string; stats64: { rx: { bytes: number }; tx: { bytes: number } } }[];
  const read = await kernel.readLinks();
  const shown = await ipJson<Shown>('-s', 'link', 'show');
  assert.deepEqual(
    read.map(({ name }) => name),
    shown.map(({ ifname }) => ifname),
  );
  const lo = shown.find(({ ifname }) => ifname === 'lo');
  const ours = read.find(({ name }) => name === 'lo');
  assert.deepEqual([ours?.inBytes, ours?.outBytes], [lo?.stats64.rx.bytes, lo?.stats64.tx.bytes]);
});
