// What the console keeps on disk, and the promise that one process at a time keeps it.
import { randomBytes } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { lockFile } from '@signalbox/db';
import { readIfThere, writeDurably } from './durable-file.ts';

export interface DataFolder {
  readonly database: string;
  readonly ca: string;
  /** For better-auth: signs session cookies. Made at the first start. */
  readonly secret: string;
  release(): Promise<void>;
}

/** Another process has the folder. Its message is for the terminal. */
export class DataFolderInUse extends Error {
  constructor(folder: string, holder: string) {
    super(
      `${folder} is in use by ${holder}. One console keeps one data folder: stop that one, or choose another folder.`,
    );
    this.name = 'DataFolderInUse';
  }
}

/**
 * Opens the folder for this process alone, making it as needed. The lock is the kernel's, so it ends with the process
 * however that ends; the note beside it only says who holds it.
 * @throws DataFolderInUse
 */
export async function openDataFolder(folder: string): Promise<DataFolder> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const note = join(folder, 'holder.txt');
  const lock = await lockFile(join(folder, 'lock'));
  if (!lock) throw new DataFolderInUse(folder, (await readIfThere(note)) ?? 'another process');
  await writeDurably(note, `process ${process.pid} since ${new Date().toISOString()}`, 0o600);
  return {
    database: join(folder, 'signalbox.db'),
    ca: join(folder, 'ca'),
    secret: await sessionSecret(join(folder, 'session-secret')),
    release: () => lock.release(),
  };
}

async function sessionSecret(path: string): Promise<string> {
  const kept = await readIfThere(path);
  if (kept !== null) return kept.trim();
  const made = randomBytes(32).toString('base64url');
  await writeDurably(path, `${made}\n`, 0o600);
  return made;
}
