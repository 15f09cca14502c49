// A real database in a folder of its own, for tests.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Topology } from '@signalbox/cluster';
import { type Database, openDatabase } from './database.ts';

export interface ScratchDatabase extends AsyncDisposable {
  readonly database: Database;
  readonly file: string;
}

export async function scratchDatabase(now?: () => Date): Promise<ScratchDatabase> {
  const folder = await mkdtemp(join(tmpdir(), 'signalbox-db-'));
  const file = join(folder, 'signalbox.db');
  const database = await openDatabase(file, now);
  return {
    database,
    file,
    [Symbol.asyncDispose]: async () => {
      await database.close();
      await rm(folder, { recursive: true });
    },
  };
}

export const emptyTopology = (name: string): Topology => ({
  name,
  networks: [],
  nodes: [],
  vips: [],
  services: [],
});
