// Addresses and interfaces: the kernel beside the model, and what ip(8) says to it.
import assert from 'node:assert/strict';
import { after, afterEach, beforeEach, test } from 'node:test';
import type { HostAddress, Operation } from '@signalbox/cluster';
import { openKernel } from '../index.ts';
import { ipJson, output } from './programs.ts';
import { cidr, device, makeDevice, onDevice, removeDevice } from './route-objects.ts';
import { saidBy } from './side-by-side.ts';

const kernel = await openKernel();
after(() => kernel.close());
beforeEach(makeDevice);
afterEach(removeDevice);

const said = saidBy(kernel);
const up = (each: HostAddress): Operation => ({ kind: 'addAddress', address: each });
const down = (each: HostAddress): Operation => ({ kind: 'deleteAddress', address: each });

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
