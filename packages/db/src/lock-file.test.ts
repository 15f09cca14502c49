import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { lockFile } from './lock-file.ts';

test('one holder at a time; the lock of a process that was killed is free at once', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'signalbox-lock-'));
  const file = join(folder, 'lock');
  const module = fileURLToPath(new URL('lock-file.ts', import.meta.url));
  const holder = spawn(
    process.execPath,
    [
      '--input-type=module',
      '-e',
      `import { lockFile } from ${JSON.stringify(module)};
       const lock = await lockFile(process.argv[1]);
       console.log(lock ? 'held' : 'refused'); setInterval(() => lock, 1000);`,
      file,
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  try {
    const [line] = await once(holder.stdout, 'data');
    expect(String(line)).toBe('held\n');
    expect(await lockFile(file)).toBeNull();

    holder.kill('SIGKILL');
    await once(holder, 'exit');
    const lock = await lockFile(file);
    expect(lock).not.toBeNull();
    expect(await lockFile(file)).toBeNull();
    await lock?.release();
    const again = await lockFile(file);
    expect(again).not.toBeNull();
    await again?.release();
  } finally {
    holder.kill('SIGKILL');
    await rm(folder, { recursive: true });
  }
}, 20_000);
