import { fileURLToPath } from 'node:url';
import { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3';
import { type ClusterStore, clusterStore } from './clusters.ts';
import { type EventStore, eventStore } from './events.ts';
import { PrismaClient } from './generated/client.ts';
import { migrate } from './migrate.ts';
import { oneWriter } from './one-writer.ts';
import { type RolloutStore, rolloutStore } from './rollouts.ts';
import { type SwitchStore, switchStore } from './switches.ts';
import { type TrustStore, trustStore } from './trust.ts';
import { type UserStore, userStore } from './users.ts';

export interface Database {
  readonly clusters: ClusterStore;
  readonly rollouts: RolloutStore;
  readonly switches: SwitchStore;
  readonly trust: TrustStore;
  readonly users: UserStore;
  readonly events: EventStore;
  /** For better-auth's adapter, which knows what it is; nobody else looks inside. */
  readonly authClient: object;
  close(): Promise<void>;
}

const migrationsFolder = fileURLToPath(new URL('../../../prisma/migrations', import.meta.url));

/** How long a statement waits for another process's lock (a backup, a second start) before it fails. */
const BUSY_TIMEOUT_MS = 10_000;

/** With WAL, NORMAL can lose the last commits on a power cut but never corrupts (sqlite.org/pragma.html#pragma_synchronous). */
const PRAGMAS = 'PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON;';

/** Writing 1,000 new services with 10 destinations each takes a few seconds on a small machine; others wait their turn. */
const PATIENCE = { maxWait: 60_000, timeout: 60_000 };

/**
 * Opens the SQLite file, making and migrating it as needed.
 * @param now the clock, for tests
 * @throws when a migration cannot be applied: see `migrate`
 */
export async function openDatabase(file: string, now: () => Date = () => new Date()): Promise<Database> {
  const sqlite = new PrismaBetterSqlite3({ url: file, timeout: BUSY_TIMEOUT_MS });
  await migrate(sqlite, migrationsFolder);
  const prisma = new PrismaClient({ adapter: oneWriter(sqlite, PRAGMAS), transactionOptions: PATIENCE });
  return {
    clusters: clusterStore(prisma, now),
    rollouts: rolloutStore(prisma, now),
    switches: switchStore(prisma, now),
    trust: trustStore(prisma, now),
    users: userStore(prisma),
    events: eventStore(prisma, now),
    authClient: prisma,
    close: () => prisma.$disconnect(),
  };
}
