// Applies prisma/migrations at start, recording as `prisma migrate deploy` does, so either can go on after the other.
import { createHash, randomUUID } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import type { SqlDriverAdapter, SqlMigrationAwareDriverAdapterFactory } from '@prisma/driver-adapter-utils';

/** The table of `prisma migrate` (schema-engine, flavour sqlite), word for word. */
const MIGRATIONS_TABLE = `CREATE TABLE IF NOT EXISTS "_prisma_migrations" (
  "id" TEXT PRIMARY KEY NOT NULL, "checksum" TEXT NOT NULL, "finished_at" DATETIME,
  "migration_name" TEXT NOT NULL, "logs" TEXT, "rolled_back_at" DATETIME,
  "started_at" DATETIME NOT NULL DEFAULT current_timestamp,
  "applied_steps_count" INTEGER UNSIGNED NOT NULL DEFAULT 0)`;

interface Migration {
  readonly name: string;
  readonly sql: string;
  readonly checksum: string;
}

/**
 * Brings the database to the newest migration; answers the names applied. All of them in one transaction that holds the
 * write lock, so a second process waits and then finds nothing to do, and a migration that fails leaves nothing behind.
 * @throws when a migration fails, was edited after it was applied, was left half done by another tool, or when the
 * database is newer than this program.
 */
export async function migrate(
  factory: SqlMigrationAwareDriverAdapterFactory,
  folder: string,
): Promise<string[]> {
  const migrations = await readMigrations(folder);
  const db = await factory.connect();
  try {
    // Off while tables are rebuilt: dropping a parent would delete its children's rows. Checked before the commit.
    await db.executeScript('PRAGMA journal_mode = WAL; PRAGMA foreign_keys = OFF; BEGIN IMMEDIATE;');
    try {
      const pending = await findPending(db, migrations);
      for (const migration of pending) await apply(db, migration);
      await refuseBrokenReferences(db);
      await db.executeScript('COMMIT');
      return pending.map((migration) => migration.name);
    } catch (error) {
      await db.executeScript('ROLLBACK');
      throw error;
    }
  } finally {
    await db.dispose();
  }
}

async function readMigrations(folder: string): Promise<Migration[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  return Promise.all(
    names.sort().map(async (name) => {
      const sql = await readFile(`${folder}/${name}/migration.sql`, 'utf8');
      return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') };
    }),
  );
}

async function findPending(db: SqlDriverAdapter, migrations: readonly Migration[]): Promise<Migration[]> {
  await db.executeScript(MIGRATIONS_TABLE);
  const rows = await select(
    db,
    'SELECT migration_name, checksum, finished_at FROM _prisma_migrations WHERE rolled_back_at IS NULL',
  );
  const applied = new Map<string, string>();
  for (const [name, checksum, finishedAt] of rows) {
    if (finishedAt === null)
      throw new Error(
        `Migration ${String(name)} was begun and never finished. Restore the database from its backup.`,
      );
    applied.set(String(name), String(checksum));
  }
  for (const name of applied.keys())
    if (!migrations.some((migration) => migration.name === name))
      throw new Error(
        `The database has migration ${name}, which this program does not know: it is older than the database.`,
      );
  return migrations.filter((migration) => {
    const checksum = applied.get(migration.name);
    if (checksum !== undefined && checksum !== migration.checksum)
      throw new Error(`Migration ${migration.name} was edited after it was applied.`);
    return checksum === undefined;
  });
}

async function apply(db: SqlDriverAdapter, migration: Migration): Promise<void> {
  try {
    await db.executeScript(migration.sql);
  } catch (cause) {
    throw new Error(`Migration ${migration.name} failed; the database is as it was.`, { cause });
  }
  const now = new Date().toISOString();
  await db.executeRaw({
    sql: `INSERT INTO _prisma_migrations (id, checksum, finished_at, migration_name, started_at, applied_steps_count)
          VALUES (?, ?, ?, ?, ?, 1)`,
    args: [randomUUID(), migration.checksum, now, migration.name, now],
    argTypes: Array.from({ length: 5 }, () => ({ scalarType: 'string', arity: 'scalar' })),
  });
}

async function refuseBrokenReferences(db: SqlDriverAdapter): Promise<void> {
  const broken = await select(db, 'PRAGMA foreign_key_check');
  const first = broken[0];
  if (first)
    throw new Error(`A row of ${String(first[0])} refers to a row of ${String(first[2])} that is not there.`);
}

async function select(db: SqlDriverAdapter, sql: string): Promise<unknown[][]> {
  return (await db.queryRaw({ sql, args: [], argTypes: [] })).rows;
}
