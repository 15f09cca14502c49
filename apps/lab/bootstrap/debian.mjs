import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline/promises';
import { fail, run, say } from './steps.mjs';

const forLab = [
  'kmod',
  'iproute2',
  'ipvsadm',
  'iputils-arping',
  'iputils-ping',
  'iptables',
  'procps',
  'curl',
];
const forTests = ['chromium', 'fonts-noto-cjk'];
/** The peers that the figures are compared with. */
const forBench = ['keepalived'];
/** What User-Mode Linux is built with. */
const forKernel = ['gcc', 'libc6-dev', 'make', 'flex', 'bison', 'bc', 'xz-utils'];
const sets = { lab: forLab, tests: [...forLab, ...forTests], bench: [...forLab, ...forBench] };

/** Whether the package is installed whole, as dpkg has it. */
const isInstalled = (name) => {
  const asked = spawnSync('dpkg-query', ['--show', '--showformat=${db:Status-Abbrev}', name], {
    encoding: 'utf8',
  });
  return asked.status === 0 && asked.stdout.startsWith('ii');
};

/** The host's own kernel serves when it has IPVS or can load it; otherwise the lab brings one, on amd64. */
export const needsOwnKernel = () =>
  process.arch === 'x64' &&
  !existsSync('/proc/net/ip_vs') &&
  spawnSync('modprobe', ['--quiet', 'ip_vs']).status !== 0;

const agreed = async (names) => {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  const answer = await terminal.question(`Install these Debian packages now: ${names.join(' ')}? [Y/n] `);
  terminal.close();
  return !/^n/i.test(answer.trim());
};

/**
 * Debian packages that are missing: installed when we are root, after asking on a terminal; named otherwise. A
 * lab with its `ownKernel` gets Debian's too, and what a faster one is built with where it `builds` one.
 */
export const ensureDebianPackages = async (set, { yes, ownKernel, builds }) => {
  const forOwn = ownKernel ? ['user-mode-linux'] : [];
  const wanted = [...(sets[set] ?? []), ...forOwn, ...(builds ? forKernel : [])];
  if (spawnSync('dpkg-query', ['--version']).status !== 0) {
    say(`This is not Debian: make sure that you have what these packages hold: ${wanted.join(' ')}`);
    return;
  }
  const missing = wanted.filter((name) => !isInstalled(name));
  if (missing.length === 0) return;
  const command = `apt-get install --no-install-recommends ${missing.join(' ')}`;
  if (process.getuid?.() !== 0) fail(`the lab needs root, and these Debian packages: sudo ${command}`);
  if (!yes && process.stdin.isTTY && !(await agreed(missing))) fail(`not without them: ${command}`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  run('updating the list of Debian packages', ['apt-get', 'update', '-qq'], env);
  run(
    `installing ${missing.join(' ')}`,
    ['apt-get', 'install', '-y', '-qq', '--no-install-recommends', ...missing],
    env,
  );
};
