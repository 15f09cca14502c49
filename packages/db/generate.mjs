// Generates the Prisma client into src/generated. The client runs on a driver adapter and needs no engine, so none is
// downloaded: prisma only wants to see a file where its engine would be, and any existing file will do.
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const schema = fileURLToPath(new URL('../../prisma/schema.prisma', import.meta.url));
const prisma = createRequire(import.meta.url).resolve('prisma/build/index.js');

const run = spawnSync(process.execPath, [prisma, 'generate', '--schema', schema, '--no-hints'], {
  cwd: fileURLToPath(new URL('.', import.meta.url)),
  env: {
    ...process.env,
    PRISMA_SCHEMA_ENGINE_BINARY: process.env.PRISMA_SCHEMA_ENGINE_BINARY ?? fileURLToPath(import.meta.url),
    CHECKPOINT_DISABLE: '1',
    PRISMA_HIDE_UPDATE_MESSAGE: '1',
  },
  stdio: ['ignore', 'inherit', 'inherit'],
  timeout: 120_000,
});
if (run.error) throw run.error;
process.exit(run.status ?? 1);
