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

/** Runs a program by its argument array, says what for and how long it took; answers what went wrong, or null. */
const problemOf = (what, [program, ...args], { cwd = root, env = process.env } = {}) => {
  const began = Date.now();
  say(`- ${what}`);
  const ran = spawnSync(program, args, { cwd, env, stdio: ['ignore', 2, 2] });
  if (ran.error) return `${program} did not start: ${ran.error.message}`;
  if (ran.status !== 0) return `${program} ${args.join(' ')} ended with ${ran.status ?? ran.signal}`;
  say(`  done in ${((Date.now() - began) / 1000).toFixed(1)} s`);
  return null;
};

/** A step without which there is no going on: it ends here when it fails. */
export const run = (what, argv, env) => {
  const problem = problemOf(what, argv, { env });
  if (problem !== null) fail(problem);
};

/** A step that we can do without: says when it fails, and answers whether it went well. */
export const tryRun = (what, argv, options) => {
  const problem = problemOf(what, argv, options);
  if (problem !== null) say(`  ${problem}`);
  return problem === null;
};
