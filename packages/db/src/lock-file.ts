// A lock that the kernel ends with the process, kill -9 and crash included: SQLite's exclusive lock on a file that holds
// nothing. Node has no flock(2), and a file with a process id in it lies after a reboot and across containers.
import { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3';

export interface HeldLock {
  release(): Promise<void>;
}

/** Takes the lock on this file, making the file as needed; null when another process, or this one, holds it. */
export async function lockFile(file: string): Promise<HeldLock | null> {
  const db = await new PrismaBetterSqlite3({ url: file, timeout: 0 }).connect();
  try {
    await db.executeScript('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE;');
  } catch (error) {
    await db.dispose();
    if (isBusy(error)) return null;
    throw error;
  }
  return { release: () => db.dispose() };
}

/** The adapter says SQLITE_BUSY (5) with a kind of its own. */
function isBusy(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { cause } = error;
  return typeof cause === 'object' && cause !== null && 'kind' in cause && cause.kind === 'SocketTimeout';
}
