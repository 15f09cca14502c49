import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { root, say, tryRun } from './steps.mjs';

/** A series that hands over to processes by seccomp (Linux 6.16 and later) and still has iptables' own tables. */
const series = '7.2';
/** Debian's suite that has it. Only this source is taken from there, and apt checks it by Debian's keys. */
const suite = 'trixie-backports';
const keys = '/usr/share/keyrings/debian-archive-keyring.gpg';

const config = fileURLToPath(new URL('./kernel.config', import.meta.url));
const toolchain = join(root, '.toolchain');
const kernel = join(toolchain, 'kernel');
const work = join(toolchain, 'kernel-build');
/** There when the kernel is whole, with what it was built from. */
const stamp = join(kernel, 'complete');
const madeFrom = () => `${series} ${createHash('sha256').update(readFileSync(config)).digest('hex')}\n`;

/** Whether one was built, of this source or of an earlier one. */
export const hasKernel = () => existsSync(stamp);

/**
 * Builds the User-Mode Linux that tests and figures run on where the host has no IPVS: Debian's starts a program in
 * twice to four times the time, and on some processors in none. It is built once; answers whether it is there.
 */
export const ensureKernel = () => {
  if (hasKernel() && readFileSync(stamp, 'utf8') === madeFrom()) return true;
  for (const folder of [kernel, work]) rmSync(folder, { recursive: true, force: true });
  const isBuilt = fetchSource() && build();
  rmSync(work, { recursive: true, force: true });
  return isBuilt;
};

/**
 * Whether Debian's User-Mode Linux is there and cannot run a program here. The host takes the registers of a program whole
 * only, and Linux 6.1 has no room for those of a processor with AMX (arch/um/os-Linux/skas/process.c).
 */
export const debianKernelFails = () => {
  const folder = mkdtempSync(join(tmpdir(), 'signalbox-kernel-'));
  const files = ['rootfstype=hostfs', 'rootflags=/', 'ro', 'init=/bin/true', `uml_dir=${folder}`];
  const heard = ['quiet', 'con=null', 'con0=null,fd:1'];
  const { stdout } = spawnSync('linux.uml', ['mem=64M', ...files, ...heard], {
    encoding: 'utf8',
    timeout: 20_000,
  });
  rmSync(folder, { recursive: true, force: true });
  return /ptrace set fp regs failed/.test(stdout);
};

const fetchSource = () => {
  for (const folder of ['lists/partial', 'cache/archives/partial', 'source'])
    mkdirSync(join(work, folder), { recursive: true });
  writeFileSync(
    join(work, 'sources.list'),
    `deb [signed-by=${keys}] http://deb.debian.org/debian ${suite} main\n`,
  );
  // Lists and files of our own: what the machine itself installs from stays as it is.
  const apart = [
    `Dir::Etc::sourcelist=${join(work, 'sources.list')}`,
    'Dir::Etc::sourceparts=-',
    `Dir::State::lists=${join(work, 'lists')}`,
    `Dir::Cache=${join(work, 'cache')}`,
    'APT::Sandbox::User=root',
  ].flatMap((setting) => ['-o', setting]);
  const name = `linux-source-${series}`;
  return (
    tryRun(`looking for ${name} in Debian's ${suite}`, ['apt-get', ...apart, '-qq', 'update']) &&
    tryRun(`fetching ${name}`, ['apt-get', ...apart, '-qq', 'download', name], { cwd: work }) &&
    tryRun('unpacking it', ['dpkg-deb', '--extract', debFile(), join(work, 'package')]) &&
    tryRun('unpacking it further', [
      'tar',
      '--extract',
      `--file=${join(work, 'package/usr/src', `${name}.tar.xz`)}`,
      `--directory=${join(work, 'source')}`,
      '--strip-components=1',
    ])
  );
};

const debFile = () =>
  join(work, readdirSync(work).find((file) => file.endsWith('.deb')) ?? 'no package was fetched');

/** A setting whose conditions are not met is dropped without a word. */
const isAsAsked = (made) => {
  const has = new Set(readFileSync(made, 'utf8').split('\n'));
  const asked = readFileSync(config, 'utf8').split('\n');
  const dropped = asked.filter((line) => line.startsWith('CONFIG_') && !has.has(line));
  if (dropped.length > 0) say(`  this source does not take ${dropped.join(', ')}`);
  return dropped.length === 0;
};

const build = () => {
  const built = join(work, 'built');
  const installed = join(work, 'installed');
  const make = ['make', '--silent', '-C', join(work, 'source'), 'ARCH=um', `O=${built}`];
  const modules = [`INSTALL_MOD_PATH=${installed}`, 'INSTALL_MOD_STRIP=1', 'modules_install'];
  const whole =
    tryRun('setting the kernel of the lab up', [...make, `KCONFIG_ALLCONFIG=${config}`, 'allnoconfig']) &&
    isAsAsked(join(built, '.config')) &&
    tryRun('building the kernel of the lab: once, some minutes', [...make, `-j${availableParallelism()}`]) &&
    tryRun('collecting its modules', [...make, ...modules]);
  if (!whole) return false;
  cpSync(join(built, 'linux'), join(installed, 'linux'));
  writeFileSync(join(installed, 'complete'), madeFrom());
  renameSync(installed, kernel);
  return true;
};
