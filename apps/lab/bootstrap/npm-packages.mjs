import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root, run } from './steps.mjs';

const packages = join(root, 'node_modules');
/** Says for which lock file the packages were installed. */
const stamp = join(packages, '.signalbox-lock');
const lockNow = () =>
  createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');

/** Whether packages are there, of whatever lock file. */
export const hasNpmPackages = () => existsSync(join(packages, '.package-lock.json'));

/** What the lock file says, installed again only when it changed: anew on a fresh clone, in place where people work. */
export const ensureNpmPackages = (env) => {
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lockNow()) return;
  const how = hasNpmPackages() ? 'install' : 'ci';
  run('installing npm packages', ['npm', how, '--no-audit', '--no-fund', '--loglevel=error'], env);
  writeFileSync(stamp, lockNow());
};
