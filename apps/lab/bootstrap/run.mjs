// `npm run lab`, `npm test`, `npm run bench` on a machine that has nothing but an old Node and npm: brings what is missing,
// builds what changed, and hands over to the program under the right Node. Plain JavaScript, no packages.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { ensureDebianPackages } from './debian.mjs';
import { ensureNode } from './node.mjs';
import { ensureNpmPackages } from './npm-packages.mjs';
import { fail, root, run } from './steps.mjs';

const programs = {
  lab: { main: 'apps/lab/src/cli.ts', needs: 'lab' },
  test: { main: 'apps/lab/src/tests/main.ts', needs: 'tests' },
  bench: { main: 'apps/lab/src/bench/main.ts', needs: 'tests' },
};

/** What needs neither packages nor a build: it only speaks to a lab that is there, or takes one down. */
const quick = new Set(['down', 'status', 'exec', 'logs', 'help', '--help', '-h']);

const [name = '', ...args] = process.argv.slice(2);
const program =
  programs[name] ?? fail(`usage: node apps/lab/bootstrap/run.mjs ${Object.keys(programs).join('|')}`);
const yes = args.includes('--yes');
const passed = args.filter((argument) => argument !== '--yes');

const node = ensureNode();
const env = {
  ...process.env,
  PATH: [join(root, 'node_modules/.bin'), node.folder, process.env.PATH].join(':'),
  NEXT_TELEMETRY_DISABLED: '1',
  TURBO_TELEMETRY_DISABLED: '1',
  TURBO_NO_UPDATE_NOTIFIER: '1',
  CHECKPOINT_DISABLE: '1',
};

if (!(name === 'lab' && quick.has(passed[0] ?? ''))) {
  ensureNpmPackages(env);
  await ensureDebianPackages(program.needs, yes || Boolean(process.env.CI));
  run('building what changed', ['turbo', 'run', 'build', '--output-logs=errors-only'], env);
}

// The terminal's signals reach the program itself; we wait for it to clean up after itself.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => undefined);
const ended = spawnSync(
  node.program,
  ['--disable-warning=ExperimentalWarning', join(root, program.main), ...passed],
  {
    stdio: 'inherit',
    env,
  },
);
if (ended.error) fail(`${program.main} did not start: ${ended.error.message}`);
process.exit(ended.status ?? 1);
