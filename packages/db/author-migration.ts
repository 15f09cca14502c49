// Writes the migration that brings the database from prisma/migrations to prisma/schema.prisma:
//   node packages/db/author-migration.ts add-health-checks
import { mkdir, writeFile } from 'node:fs/promises';
import { prismaFolder, schemaDiff } from './schema-diff.ts';

const name = process.argv[2] ?? '';
if (!/^[a-z0-9-]{1,60}$/.test(name)) {
  console.error(
    'Name the migration with lower-case words and hyphens: node author-migration.ts add-health-checks',
  );
  process.exit(2);
}
const sql = await schemaDiff();
if (sql === '') {
  console.log('The migrations already make what the schema says.');
} else {
  const stamp = new Date().toISOString().replace(/\D/g, '').slice(0, 14);
  const folder = `${prismaFolder}migrations/${stamp}_${name.replaceAll('-', '_')}`;
  await mkdir(folder);
  await writeFile(`${folder}/migration.sql`, sql);
  console.log(`Wrote ${folder}/migration.sql. Read it: a migration must keep what is stored.`);
}
