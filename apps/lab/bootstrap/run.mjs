// `npm run lab`, `npm test`, `npm run bench` on a machine that has nothing but an old Node and npm: brings what is missing,
// builds what changed, and hands over to the program under the right Node. Plain JavaScript, no packages.
import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { join } from 'node:path';
import { ensureDebianPackages, needsOwnKernel } from './debian.mjs';
import { debianKernelFails, ensureKernel, hasKernel } from './kernel.mjs';
import { ensureNode } from './node.mjs';
import { ensureNpmPackages, hasNpmPackages } from './npm-packages.mjs';
import { fail, root, run, say } from './steps.mjs';

const programs = {
  lab: { main: 'apps/lab/src/cli.ts', needs: 'lab', builds: false },
  test: { main: 'apps/lab/src/tests/main.ts', needs: 'tests', builds: true },
  picture: { main: 'apps/lab/src/picture/main.ts', needs: 'tests', builds: false },
  bench: { main: 'apps/lab/src/bench/main.ts', needs: 'bench', builds: true },
};

/** What only speaks to a lab that is there, or takes one down, needs nothing new. */
const quick = ['down', 'status', 'exec', 'logs', 'help', '--help', '-h'];

const [name = '', ...args] = process.argv.slice(2);
const program =
  programs[name] ?? fail(`usage: node apps/lab/bootstrap/run.mjs ${Object.keys(programs).join('|')}`);
// What follows `--` belongs to a command that is run on a node.
const end = args.includes('--') ? args.indexOf('--') : args.length;
const own = args.slice(0, end);
const yes = own.includes('--yes');
const passed = [...own.filter((argument) => argument !== '--yes'), ...args.slice(end)];

const node = ensureNode();
const env = {
  ...process.env,
  PATH: [join(root, 'node_modules/.bin'), node.folder, process.env.PATH].join(':'),
  NEXT_TELEMETRY_DISABLED: '1',
  TURBO_TELEMETRY_DISABLED: '1',
  TURBO_NO_UPDATE_NOTIFIER: '1',
  CHECKPOINT_DISABLE: '1',
};

const isQuick = name === 'lab' && own.some((argument) => quick.includes(argument));
if (!isQuick || !hasNpmPackages()) {
  ensureNpmPackages(env);
  await ensureMachine();
  run('building what changed', ['turbo', 'run', 'build', '--output-logs=errors-only'], env);
}

/** Debian's packages, and a kernel of the lab's own where the host has no IPVS and Debian's is too slow or does not run. */
async function ensureMachine() {
  const ownKernel = needsOwnKernel();
  const packages = { yes: yes || Boolean(process.env.CI), ownKernel };
  await ensureDebianPackages(program.needs, { ...packages, builds: ownKernel && program.builds });
  if (!ownKernel) return;
  const must = !hasKernel() && debianKernelFails();
  if (!must && !program.builds) return;
  if (must)
    say('Debian’s User-Mode Linux cannot run a program on this processor, so the lab has one of its own');
  await ensureDebianPackages(program.needs, { ...packages, builds: true });
  if (ensureKernel()) return;
  if (must) fail('there is no kernel for the lab: the reason is above');
  say('  the lab goes on with the User-Mode Linux of Debian, which is slower');
}

const flags = ['--disable-warning=ExperimentalWarning', join(root, program.main)];
const child = spawn(node.program, [...flags, ...passed], { stdio: 'inherit', env });
// The program cleans up after itself; we pass on what we are told, and end as it ends.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
child.once('error', (error) => fail(`${program.main} did not start: ${error.message}`));
child.once('exit', (code, signal) => process.exit(code ?? 128 + (constants.signals[signal] ?? 0)));
