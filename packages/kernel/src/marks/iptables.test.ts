import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Iptables } from './iptables.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'iptables-'));
  vi.stubEnv('PATH', `${folder}:/usr/bin:/bin`);
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

/** A program that writes down that it ran, says something, and ends so. */
function install(name: string, { says = '', code = 0 }: { says?: string; code?: number } = {}): void {
  const file = join(folder, name);
  writeFileSync(file, `#!/bin/sh\necho ${name} >> ${folder}/ran\necho '${says}' >&2\nexit ${code}\n`);
  chmodSync(file, 0o755);
}

const ran = () => readFileSync(join(folder, 'ran'), 'utf8').trim().split('\n');

const noNft = { says: 'iptables: Failed to initialize nft: Protocol not supported', code: 1 };

test('a change goes to the machine’s own choice, and to that kind from then on', async () => {
  install('iptables-nft');
  install('iptables-restore');
  const iptables = new Iptables();
  await iptables.rules('mangle');
  await iptables.change('mangle', []);
  await iptables.change('mangle', []);
  expect(ran()).toEqual(['iptables-nft', 'iptables-restore', 'iptables-restore']);
});

test('a choice that the kernel has not is passed over for the kind that it has', async () => {
  install('iptables-nft', noNft);
  install('iptables-restore', noNft);
  install('iptables-legacy-restore');
  const unread = new Iptables();
  await unread.change('mangle', []);
  expect(unread.taken).toBe('iptables-legacy');
  expect(ran()).toEqual(['iptables-restore', 'iptables-legacy-restore']);
});

test('a kernel that was seen to have no nf_tables is not asked for them once more', async () => {
  install('iptables');
  install('iptables-nft', noNft);
  install('iptables-restore', noNft);
  install('iptables-legacy-restore');
  const iptables = new Iptables();
  await iptables.rules('mangle').catch(() => undefined);
  await iptables.change('mangle', []);
  expect(ran().slice(-1)).toEqual(['iptables-legacy-restore']);
  expect(ran()).not.toContain('iptables-restore');
});

test('what nf_tables lack of one table says nothing of another', async () => {
  install('iptables');
  install('iptables-nft', noNft);
  install('iptables-restore');
  install('iptables-legacy-restore');
  const iptables = new Iptables();
  await iptables.rules('nat').catch(() => undefined);
  await iptables.change('mangle', []);
  expect(ran().slice(-1)).toEqual(['iptables-restore']);
});

test('where the kernel takes none of them, the last complaint is said', async () => {
  install('iptables-restore', noNft);
  install('iptables-legacy-restore', { says: 'modprobe: FATAL: Module ip_tables not found', code: 3 });
  await expect(new Iptables().change('mangle', [])).rejects.toMatchObject({
    errno: 'EINVAL',
    message: expect.stringContaining('Module ip_tables not found'),
  });
});

test('no program is started for a table that neither kind of tables has', async () => {
  install('iptables-nft');
  const asked: string[] = [];
  const answering = (may: boolean) =>
    new Iptables({
      mayHave: (table) => {
        asked.push(table);
        return Promise.resolve(may);
      },
    });
  expect(await answering(false).rulesIfAny('nat')).toEqual([]);
  expect(existsSync(join(folder, 'ran'))).toBe(false);
  await answering(true).rulesIfAny('nat');
  expect(ran()).toEqual(['iptables-nft']);
  expect(asked).toEqual(['nat', 'nat']);
});
