import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root, run } from './steps.mjs';

const stamp = join(root, 'node_modules/.signalbox-lock');

/** Exactly what the lock file says, installed again only when it changed. */
export const ensureNpmPackages = (env) => {
  const lock = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return;
  run('installing npm packages', ['npm', 'ci', '--no-audit', '--no-fund', '--loglevel=error'], env);
  writeFileSync(stamp, lock);
};
