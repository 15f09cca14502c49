import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { scratchFolder } from '../testing/test-agent.ts';
import { lockFolder } from './folder-lock.ts';

test('a folder is held by one, and free again when that one lets go', async () => {
  await using folder = await scratchFolder();

  const first = await lockFolder(folder.path);
  expect(await lockFolder(folder.path)).toBeNull();
  await first?.release();
  const second = await lockFolder(folder.path);

  expect(second).not.toBeNull();
  await second?.release();
});

test('the name that a killed holder leaves behind holds nobody up', async () => {
  await using folder = await scratchFolder();
  const script = `
    const { lockFolder } = await import(${JSON.stringify(new URL('folder-lock.ts', import.meta.url).href)});
    const held = await lockFolder(${JSON.stringify(folder.path)});
    console.log(held ? 'held' : 'not held');
    setInterval(() => {}, 1000);
  `;
  const holder = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [said] = await once(holder.stdout, 'data');
  expect(String(said).trim()).toBe('held');
  expect(await lockFolder(folder.path)).toBeNull();

  holder.kill('SIGKILL');
  await once(holder, 'exit');

  const lock = await lockFolder(folder.path);
  expect(lock).not.toBeNull();
  await lock?.release();
});
