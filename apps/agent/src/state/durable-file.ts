import { closeSync, fsync, openSync, renameSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { promisify } from 'node:util';

/** The file's text, or null when there is no such file. */
export async function readIfThere(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}

/**
 * Writes the whole file or leaves the old one, and returns when the disk has it: no power cut leaves half of it. Only the
 * disk is waited for: what ends in the page cache takes less time than to hand it to another thread and back.
 */
export async function writeDurably(path: string, text: string, mode = 0o600): Promise<void> {
  await synced(openSync(`${path}.new`, 'w', mode), (file) => writeFileSync(file, text));
  renameSync(`${path}.new`, path);
  // A rename is on disk when its folder is.
  await synced(openSync(dirname(path), 'r'));
}

const sync = promisify(fsync);

async function synced(file: number, write: (file: number) => void = () => undefined): Promise<void> {
  try {
    write(file);
    await sync(file);
  } finally {
    closeSync(file);
  }
}
