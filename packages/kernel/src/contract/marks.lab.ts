// Packet marks: our chain beside what iptables(8) prints, and nobody else's rules touched.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { HostMark, Operation } from '@signalbox/cluster';
import { openKernel } from '../index.ts';
import { address } from './ipvs-objects.ts';
import { iptablesKinds, linesOf, output } from './programs.ts';
import { cidr } from './route-objects.ts';

const kernel = await openKernel();
after(() => kernel.close());

const [iptables = 'iptables'] = await iptablesKinds();
const mangle = () => linesOf(iptables, '-t', 'mangle', '-S');

const canary: HostMark = {
  protocol: 'tcp',
  from: cidr('10.0.0.7/32'),
  sourcePorts: { first: 28_000, last: 28_007 },
  address: address('10.0.0.100'),
  ports: [80],
  mark: 0x5342_0000,
};
const group: HostMark = { ...canary, from: null, sourcePorts: null, ports: [80, 443], mark: 7 };

const add = (mark: HostMark): Operation => ({ kind: 'addMark', mark });
const remove = (mark: HostMark): Operation => ({ kind: 'deleteMark', mark });

async function said(...operations: readonly Operation[]): Promise<string[]> {
  const results = await kernel.run(operations);
  return results.map((result) => (result.kind === 'failed' ? result.errno : result.kind));
}

void test('marks are rules of our chain, read back as written, and gone without a trace; others’ rules stay', async () => {
  const foreign = '-A PREROUTING -d 10.0.0.9/32 -j MARK --set-xmark 0x9/0xffffffff';
  await output(iptables, '-t', 'mangle', ...foreign.split(' '));
  const before = await mangle();
  try {
    assert.deepEqual(await said(add(canary), add(group)), ['done', 'done']);
    assert.deepEqual((await kernel.observe([])).marks, [canary, group]);
    const during = await mangle();
    assert.deepEqual(
      during.filter((line) => !before.includes(line)),
      [
        '-N SIGNALBOX',
        '-A PREROUTING -j SIGNALBOX',
        '-A OUTPUT -j SIGNALBOX',
        '-A SIGNALBOX -s 10.0.0.7/32 -d 10.0.0.100/32 -p tcp -m tcp --sport 28000:28007 --dport 80 -j MARK --set-xmark 0x53420000/0xffffffff',
        '-A SIGNALBOX -d 10.0.0.100/32 -p tcp -m tcp -m multiport --dports 80,443 -j MARK --set-xmark 0x7/0xffffffff',
      ],
    );
    assert.deepEqual(await said(remove(canary)), ['done']);
    assert.deepEqual((await kernel.observe([])).marks, [group]);
    assert.deepEqual(await said(remove(group)), ['done']);
    assert.deepEqual(await mangle(), before);
  } finally {
    await output(iptables, '-t', 'mangle', ...foreign.replace('-A', '-D').split(' '));
  }
});

void test('a mark is there once, and one that is not there cannot go', async () => {
  assert.deepEqual(await said(add(canary)), ['done']);
  assert.deepEqual(await said(add(canary)), ['EEXIST']);
  assert.deepEqual(await said(remove(canary)), ['done']);
  assert.deepEqual(await said(remove(canary)), ['ENOENT']);
});

void test('a mark that no packet comes to is not there, and comes back whole', async () => {
  const before = await mangle();
  assert.deepEqual(await said(add(canary)), ['done']);
  const during = await mangle();
  await output(iptables, ...'-t mangle -D PREROUTING -j SIGNALBOX'.split(' '));
  assert.deepEqual((await kernel.observe([])).marks, []);
  assert.deepEqual(await said(add(canary)), ['done']);
  assert.deepEqual(new Set(await mangle()), new Set(during));
  assert.deepEqual(await said(remove(canary)), ['done']);
  assert.deepEqual(await mangle(), before);
});

void test('marks known as they were left are taken off only if every rule and jump still stands', async () => {
  const before = await mangle();
  const asLeft = async () => (await kernel.observe([], 'asLeft')).marks;
  for (const meddling of ['-F', '-F SIGNALBOX', '-D OUTPUT -j SIGNALBOX']) {
    assert.deepEqual(await said(add(canary)), ['done']);
    await output(iptables, '-t', 'mangle', ...meddling.split(' '));
    assert.deepEqual(await asLeft(), [canary], meddling);
    assert.deepEqual(await said(remove(canary)), ['ENOENT'], meddling);
    assert.deepEqual(await asLeft(), [], meddling);
    // What is left of the chain goes with the next marks.
    assert.deepEqual(await said(add(canary)), ['done']);
    assert.deepEqual(await said(remove(canary)), ['done'], meddling);
    assert.deepEqual(await mangle(), before, meddling);
  }
});

void test('a kernel opened anew sees the marks that an earlier one left', async () => {
  assert.deepEqual(await said(add(canary)), ['done']);
  const later = await openKernel();
  try {
    assert.deepEqual((await later.observe([])).marks, [canary]);
    await later.run([remove(canary)]);
    assert.deepEqual((await later.observe([])).marks, []);
  } finally {
    await later.close();
  }
});

void test('asking for facts sets no table up that was not there', async () => {
  const tables = () => output('cat', '/proc/net/ip_tables_names');
  const before = await tables();
  const { translatedPorts } = await kernel.facts([]);
  assert.deepEqual(translatedPorts, []);
  assert.equal(await tables(), before);
});
