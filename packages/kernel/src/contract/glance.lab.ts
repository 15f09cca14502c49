// A glance differs when something came or went, and only then.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { openKernel } from '../index.ts';
import { output } from './programs.ts';

const FORWARD = 'net.ipv4.conf.lo.forwarding';
const kernel = await openKernel();
const glance = () => kernel.glance([FORWARD]);
const table = (...args: string[]) => output('ipvsadm', ...args);

after(async () => {
  await table('-C');
  await kernel.close();
});

void test('services, destinations and sysctls that come, go or move', async () => {
  await kernel.support();
  let before = await glance();
  for (const change of [
    () => table('-A', '-t', '10.9.0.1:80', '-s', 'rr'),
    () => table('-a', '-t', '10.9.0.1:80', '-r', '10.9.0.2:80', '-m'),
    () => table('-A', '-u', '[2001:db8::1]:53', '-s', 'rr'),
    () => table('-a', '-u', '[2001:db8::1]:53', '-r', '[2001:db8::2]:53', '-m'),
    () => output('sysctl', '-w', `${FORWARD}=1`),
    () => output('sysctl', '-w', `${FORWARD}=0`),
    () => table('-d', '-t', '10.9.0.1:80', '-r', '10.9.0.2:80'),
    () => table('-C'),
  ]) {
    await change();
    const now = await glance();
    assert.notEqual(now, before);
    before = now;
  }
});

void test('a weight does not', async () => {
  await table('-A', '-t', '10.9.0.1:80', '-s', 'wrr');
  await table('-a', '-t', '10.9.0.1:80', '-r', '10.9.0.2:80', '-m', '-w', '1');
  const before = await glance();
  await table('-e', '-t', '10.9.0.1:80', '-r', '10.9.0.2:80', '-m', '-w', '7');
  assert.equal(await glance(), before);
});
