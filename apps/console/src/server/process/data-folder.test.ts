import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { DataFolderInUse, openDataFolder } from './data-folder.ts';

test('a second console on the same folder is told who has it, and gets in when that one has ended', async () => {
  const parent = await mkdtemp(join(tmpdir(), 'signalbox-folder-'));
  const path = join(parent, 'data');
  try {
    const first = await openDataFolder(path);
    const refused = await openDataFolder(path).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(DataFolderInUse);
    expect(String(refused)).toContain(`process ${process.pid} since `);
    await first.release();
    const second = await openDataFolder(path);
    expect(second.secret).toBe(first.secret);
    await second.release();
  } finally {
    await rm(parent, { recursive: true });
  }
});
