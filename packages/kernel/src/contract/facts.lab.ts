// What this host is besides its state: rules of others, and who else writes the table of virtual services.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFile, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { openKernel } from '../index.ts';
import { iptablesKinds, output } from './programs.ts';

const kernel = await openKernel();
after(() => kernel.close());

const kinds = await iptablesKinds();
const forwarding = async () => (await kernel.facts([])).forwardFilter;
/** Who runs; what would start at the next boot is of the machine that this runs on. */
const running = async () =>
  (await kernel.facts([])).otherWriters.filter(({ evidence }) => evidence.startsWith('it runs'));

void test('there is iptables here', () => {
  assert.ok(kinds.length > 0);
});

for (const kind of kinds)
  void test(`a FORWARD chain of ${kind} that drops what is not tracked is told with its rule, and nothing of it is changed`, async () => {
    const iptables = (...args: readonly string[]) => output(kind, ...args);
    assert.deepEqual(await forwarding(), { kind: 'open' });
    await iptables('-P', 'FORWARD', 'DROP');
    assert.deepEqual(await forwarding(), { kind: 'dropsUntracked', rule: '-P FORWARD DROP' });
    await iptables('-A', 'FORWARD', '-j', 'ACCEPT');
    assert.deepEqual(await forwarding(), { kind: 'open' });
    assert.equal(await iptables('-S', 'FORWARD'), '-P FORWARD DROP\n-A FORWARD -j ACCEPT\n');
    await iptables('-F', 'FORWARD');
    await iptables('-P', 'FORWARD', 'ACCEPT');
    await iptables('-N', 'theirs');
    await iptables('-A', 'FORWARD', '-j', 'theirs');
    assert.deepEqual(await forwarding(), { kind: 'open' });
    await iptables('-A', 'theirs', '-j', 'DROP');
    assert.deepEqual(await forwarding(), { kind: 'dropsUntracked', rule: '-A theirs -j DROP' });
    for (const chain of ['FORWARD', 'theirs']) await iptables('-F', chain);
    await iptables('-X', 'theirs');
  });

void test('keepalived is named where it runs in this network namespace, and only there', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'writers-'));
  const program = join(folder, 'keepalived');
  await copyFile('/bin/sleep', program);
  const elsewhere = spawn('unshare', ['-n', program, '60'], { stdio: 'ignore' });
  try {
    await once(elsewhere, 'spawn');
    const comm = `/proc/${elsewhere.pid}/comm`;
    while (!(await readFile(comm, 'utf8')).startsWith('keepalived')) await delay(10);
    assert.deepEqual(await running(), []);
    const here = spawn(program, ['60'], { stdio: 'ignore' });
    await once(here, 'spawn');
    try {
      assert.deepEqual(await running(), [{ name: 'keepalived', evidence: `it runs with pid ${here.pid}` }]);
    } finally {
      here.kill();
      await once(here, 'exit');
    }
    assert.deepEqual(await running(), []);
  } finally {
    elsewhere.kill();
    await rm(folder, { recursive: true });
  }
});
