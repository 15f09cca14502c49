// Compares prisma/migrations with prisma/schema.prisma, with Prisma's schema engine as WebAssembly on our own driver:
// nothing is downloaded, and the migrations are replayed into a database in memory.
import { readdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3';
import {
  bindMigrationAwareSqlAdapterFactory,
  type SqlDriverAdapter,
  type SqlMigrationAwareDriverAdapterFactory,
} from '@prisma/driver-adapter-utils';
import * as glue from '@prisma/schema-engine-wasm/schema_engine_bg';

export const prismaFolder = fileURLToPath(new URL('../../prisma/', import.meta.url));

/** What the glue module has beside the engine's class, and the platform's loader: the types leave both out. */
interface Glue {
  __wbg_set_wasm(exports: Exports): void;
}
type Exports = Readonly<Record<string, () => void>>;
declare const WebAssembly: {
  instantiate(bytes: Uint8Array, imports: object): Promise<{ instance: { exports: Exports } }>;
};

/**
 * SQL that turns what the migrations make into what the schema says; empty when they agree.
 * @throws when a migration does not run or the schema is not valid.
 */
export async function schemaDiff(): Promise<string> {
  const engine = await schemaEngine();
  const { stdout } = await engine.diff({
    from: await migrations(),
    to: {
      tag: 'schemaDatamodel',
      files: [{ path: 'schema.prisma', content: await readFile(`${prismaFolder}schema.prisma`, 'utf8') }],
    },
    script: true,
    exitCode: null,
    filters: { externalTables: [], externalEnums: [] },
  });
  engine.free();
  const sql = stdout ?? '';
  return sql.includes('This is an empty migration') ? '' : sql;
}

async function schemaEngine() {
  const wasm = createRequire(import.meta.url)
    .resolve('@prisma/schema-engine-wasm/schema_engine_bg')
    .replace(/\.js$/, '.wasm');
  const { instance } = await WebAssembly.instantiate(await readFile(wasm), {
    './schema_engine_bg.js': glue,
  });
  (glue as unknown as Glue).__wbg_set_wasm(instance.exports); // made by wasm-bindgen, which gives it no types
  instance.exports['__wbindgen_start']?.();
  const sqlite = new PrismaBetterSqlite3({ url: ':memory:' });
  const factory: SqlMigrationAwareDriverAdapterFactory = {
    provider: sqlite.provider,
    adapterName: sqlite.adapterName,
    connect: async () => wholeScripts(await sqlite.connect()),
    connectToShadowDb: async () => wholeScripts(await sqlite.connectToShadowDb()),
  };
  return glue.SchemaEngine.new(
    { datamodels: undefined },
    () => {},
    bindMigrationAwareSqlAdapterFactory(factory),
  );
}

/** The engine sends a whole migration as one raw statement; the driver takes several statements only as a script. */
function wholeScripts(adapter: SqlDriverAdapter): SqlDriverAdapter {
  const executeRaw = adapter.executeRaw.bind(adapter);
  adapter.executeRaw = async (query) => {
    if (query.args.length > 0) return executeRaw(query);
    await adapter.executeScript(query.sql);
    return 0;
  };
  return adapter;
}

async function migrations() {
  const baseDir = `${prismaFolder}migrations`;
  const names = (await readdir(baseDir, { withFileTypes: true })).filter((entry) => entry.isDirectory());
  return {
    tag: 'migrations' as const,
    baseDir,
    lockfile: {
      path: 'migration_lock.toml',
      content: await readFile(`${baseDir}/migration_lock.toml`, 'utf8'),
    },
    shadowDbInitScript: '',
    migrationDirectories: await Promise.all(
      names
        .map((entry) => entry.name)
        .sort()
        .map(async (name) => ({
          path: name,
          migrationFile: {
            path: 'migration.sql',
            content: {
              tag: 'ok' as const,
              value: await readFile(`${baseDir}/${name}/migration.sql`, 'utf8'),
            },
          },
        })),
    ),
  };
}
