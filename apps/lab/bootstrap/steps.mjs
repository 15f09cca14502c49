import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** The repository's folder. */
export const root = fileURLToPath(new URL('../../..', import.meta.url)).replace(/\/$/, '');

export const say = (line) => process.stderr.write(`${line}\n`);

/** Ends with a sentence: what a person can act on needs no stack. */
export const fail = (why) => {
  say(`signalbox: ${why}`);
  process.exit(1);
};

/** Runs a program by its argument array, says what for and how long it took, and ends here when it fails. */
export const run = (what, [program, ...args], env = process.env) => {
  const began = Date.now();
  say(`- ${what}`);
  const ran = spawnSync(program, args, { cwd: root, env, stdio: ['ignore', 2, 2] });
  if (ran.error) fail(`${program} did not start: ${ran.error.message}`);
  if (ran.status !== 0) fail(`${program} ${args.join(' ')} ended with ${ran.status ?? ran.signal}`);
  say(`  done in ${((Date.now() - began) / 1000).toFixed(1)} s`);
};
