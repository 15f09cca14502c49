// Sysctls of this network namespace: the kernel beside the model.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { interfaceSysctl } from '@signalbox/cluster';
import { openKernel } from '../index.ts';
import { output } from './programs.ts';
import { sideBySide } from './side-by-side.ts';

const kernel = await openKernel();
after(() => kernel.close());

const forwarding = 'net.ipv4.ip_forward';
const redirects = 'net.ipv4.conf.all.accept_redirects';
const write = (name: string, from: string, to: string) => ({ kind: 'setSysctl' as const, name, from, to });

void test('a value is written, read back, and seen by sysctl(8)', async () => {
  // It is there from when ip_vs is loaded, which asking for the table does.
  await output('ipvsadm', '-Ln');
  const both = await sideBySide(kernel, ['net.ipv4.vs.conntrack']);
  assert.equal(await both.run(write('net.ipv4.vs.conntrack', '0', '1')), 'ok');
  assert.equal((await output('sysctl', '-n', 'net.ipv4.vs.conntrack')).trim(), '1');
  assert.equal(await both.run(write('net.ipv4.vs.conntrack', '1', '0')), 'ok');
});

void test('forwarding moves accept_redirects, as the model says', async () => {
  const both = await sideBySide(kernel, [forwarding, redirects]);
  for (const to of ['1', '1', '0', '1', '0']) assert.equal(await both.run(write(forwarding, '', to)), 'ok');
});

void test('an interface whose name has a dot has its own sysctls', async () => {
  await output('ip', 'link', 'add', 'sb0.100', 'type', 'dummy');
  const name = interfaceSysctl('sb0.100', 'rp_filter');
  const both = await sideBySide(kernel, [name]);
  assert.equal(await both.run(write(name, '', '2')), 'ok');
  assert.equal(await both.run(write(name, '2', '0')), 'ok');
  await output('ip', 'link', 'delete', 'sb0.100');
  assert.deepEqual((await kernel.observe([name])).sysctls, []);
});

void test('what does not exist is ENOENT, what does not fit EINVAL, and nothing after it is written', async () => {
  const results = await kernel.run([
    write('net.ipv4.conf.nope0.rp_filter', '0', '1'),
    write('net.ipv4.conf.lo.rp_filter', '0', '1'),
  ]);
  assert.deepEqual(
    results.map((result) => (result.kind === 'failed' ? result.errno : result.kind)),
    ['ENOENT', 'notRun'],
  );
  const [invalid] = await kernel.run([write('net.ipv4.ip_forward', '0', 'many')]);
  assert.equal(invalid?.kind === 'failed' && invalid.errno, 'EINVAL');
});
