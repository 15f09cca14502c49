// What the host says it can do, beside what its own programs say.
import assert from 'node:assert/strict';
import { release } from 'node:os';
import { after, test } from 'node:test';
import { openKernel } from '../index.ts';
import { service, tcp } from './ipvs-objects.ts';
import { linesOf, output } from './programs.ts';

const kernel = await openKernel();
after(() => kernel.close());

void test('version and size of the connection table are those of ipvsadm', async () => {
  const { kernelRelease, ipvs, conntrack, connectionTableSize } = await kernel.support();
  const [header = ''] = await linesOf('ipvsadm', '-Ln');
  const [, version, size] = /version ([\d.]+) \(size=(\d+)\)/.exec(header) ?? [];
  assert.equal(kernelRelease, release());
  assert.notEqual(ipvs.kind, 'missing');
  assert.equal(ipvs.kind === 'missing' ? '' : ipvs.version, version);
  assert.equal(connectionTableSize, Number(size));
  assert.equal(conntrack, false);
  assert.equal(await kernel.missingIpvs(), null);
});

void test('a scheduler that is loadable loads when it is used, and one that no file has is missing', async () => {
  const stateOf = async (name: string) =>
    (await kernel.support()).schedulers.find((scheduler) => scheduler.name === name)?.state;
  assert.notEqual(await stateOf('rr'), 'missing');
  const added = service(tcp('192.0.2.1', 80), { scheduler: 'rr' });
  const [result] = await kernel.run([{ kind: 'addService', service: added }]);
  assert.equal(result?.kind, 'done');
  assert.equal(await stateOf('rr'), 'loaded');
  await output('ipvsadm', '-C');
});

void test('the boot has an identity that stays', async () => {
  const id = await kernel.bootId();
  assert.match(id, /^[0-9a-f-]{36}$/);
  assert.equal(await kernel.bootId(), id);
});
