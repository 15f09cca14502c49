import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3';
import { expect, test } from 'vitest';
import { prismaFolder, schemaDiff } from '../schema-diff.ts';
import { migrate } from './migrate.ts';

async function scratch() {
  const folder = await mkdtemp(join(tmpdir(), 'signalbox-migrate-'));
  const factory = new PrismaBetterSqlite3({ url: join(folder, 'test.db') });
  const migrations = join(folder, 'migrations');
  await mkdir(migrations);
  return {
    file: join(folder, 'test.db'),
    factory,
    migrations,
    add: async (name: string, sql: string) => {
      await mkdir(join(migrations, name), { recursive: true });
      await writeFile(join(migrations, name, 'migration.sql'), sql);
    },
    run: async (sql: string) => {
      const db = await factory.connect();
      await db.executeScript(sql);
      await db.dispose();
    },
    rows: async (sql: string) => {
      const db = await factory.connect();
      const { rows } = await db.queryRaw({ sql, args: [], argTypes: [] });
      await db.dispose();
      return rows;
    },
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true }),
  };
}

test('the migrations make exactly what the schema says', async () => {
  expect(await schemaDiff()).toBe('');
}, 30_000);

test('migrations are applied once, in order, and a second start finds nothing to do', async () => {
  await using s = await scratch();
  await s.add('1_first', 'CREATE TABLE a (x INTEGER);');
  await s.add('2_second', 'ALTER TABLE a ADD COLUMN y INTEGER; CREATE TABLE b (z INTEGER);');
  expect(await migrate(s.factory, s.migrations)).toEqual(['1_first', '2_second']);
  expect(await migrate(s.factory, s.migrations)).toEqual([]);
  await s.add('3_third', 'CREATE TABLE c (x INTEGER);');
  expect(await migrate(s.factory, s.migrations)).toEqual(['3_third']);
});

test('a migration that fails leaves the database as it was, and can be put right', async () => {
  await using s = await scratch();
  await s.add('1_first', 'CREATE TABLE a (x INTEGER);');
  await migrate(s.factory, s.migrations);
  await s.add('2_second', 'CREATE TABLE b (x INTEGER); INSERT INTO nowhere VALUES (1);');
  await expect(migrate(s.factory, s.migrations)).rejects.toThrow(/2_second failed/);
  expect(await s.rows("SELECT name FROM sqlite_master WHERE name = 'b'")).toEqual([]);
  await s.add('2_second', 'CREATE TABLE b (x INTEGER);');
  expect(await migrate(s.factory, s.migrations)).toEqual(['2_second']);
});

test('a migration edited after it was applied is refused', async () => {
  await using s = await scratch();
  await s.add('1_first', 'CREATE TABLE a (x INTEGER);');
  await migrate(s.factory, s.migrations);
  await s.add('1_first', 'CREATE TABLE a (x TEXT);');
  await expect(migrate(s.factory, s.migrations)).rejects.toThrow(/edited/);
});

test('a database left half migrated by another tool is refused', async () => {
  await using s = await scratch();
  await s.add('1_first', 'CREATE TABLE a (x INTEGER);');
  await migrate(s.factory, s.migrations);
  await s.run("UPDATE _prisma_migrations SET finished_at = NULL WHERE migration_name = '1_first'");
  await expect(migrate(s.factory, s.migrations)).rejects.toThrow(/never finished/);
});

test('a program older than its database refuses it', async () => {
  await using s = await scratch();
  await s.add('1_first', 'CREATE TABLE a (x INTEGER);');
  await s.add('2_second', 'CREATE TABLE b (x INTEGER);');
  await migrate(s.factory, s.migrations);
  await rm(join(s.migrations, '2_second'), { recursive: true });
  await expect(migrate(s.factory, s.migrations)).rejects.toThrow(/older than the database/);
});

test('rebuilding a parent table keeps the rows of its children', async () => {
  await using s = await scratch();
  await s.add(
    '1_first',
    `CREATE TABLE parent (id TEXT PRIMARY KEY);
     CREATE TABLE child (id TEXT PRIMARY KEY, parent TEXT REFERENCES parent (id) ON DELETE CASCADE);`,
  );
  await migrate(s.factory, s.migrations);
  await s.run("INSERT INTO parent VALUES ('p'); INSERT INTO child VALUES ('c', 'p');");
  // As Prisma writes a changed column on SQLite.
  await s.add(
    '2_second',
    `PRAGMA defer_foreign_keys=ON; PRAGMA foreign_keys=OFF;
     CREATE TABLE new_parent (id TEXT PRIMARY KEY, name TEXT);
     INSERT INTO new_parent (id) SELECT id FROM parent; DROP TABLE parent; ALTER TABLE new_parent RENAME TO parent;
     PRAGMA foreign_keys=ON; PRAGMA defer_foreign_keys=OFF;`,
  );
  await migrate(s.factory, s.migrations);
  expect(await s.rows('SELECT id FROM child')).toEqual([['c']]);
});

test('two processes that start at once both come up, and each migration is applied once', async () => {
  await using s = await scratch();
  await cp(join(prismaFolder, 'migrations'), s.migrations, { recursive: true });
  const index = fileURLToPath(new URL('database.ts', import.meta.url));
  const program = `import { openDatabase } from ${JSON.stringify(index)};
    const db = await openDatabase(process.argv[1]); await db.clusters.list(); await db.close();`;
  const codes = await Promise.all(
    [1, 2, 3].map(async () => {
      const child = spawn(process.execPath, ['--input-type=module', '-e', program, s.file], {
        stdio: ['ignore', 'ignore', 'inherit'],
      });
      const [code] = await once(child, 'exit');
      return code as unknown;
    }),
  );
  expect(codes).toEqual([0, 0, 0]);
  const rows = await s.rows(
    'SELECT migration_name, COUNT(*) FROM _prisma_migrations GROUP BY migration_name',
  );
  expect(rows.length).toBeGreaterThan(0);
  expect(rows.every((row) => Number(row[1]) === 1)).toBe(true);
}, 60_000);
