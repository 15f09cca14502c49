import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** The repository's folder. */
export const repository = fileURLToPath(new URL('../../../..', import.meta.url)).replace(/\/$/, '');

export interface Tally {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

export const nothing: Tally = { passed: 0, failed: 0, skipped: 0 };

export const sum = (tallies: readonly Tally[]): Tally =>
  tallies.reduce(
    (all, one) => ({
      passed: all.passed + one.passed,
      failed: all.failed + one.failed,
      skipped: all.skipped + one.skipped,
    }),
    nothing,
  );

/** A runner that ended badly without counting a failure has failed once: nothing goes green in silence. */
export const judged = (tally: Tally, exitCode: number | null): Tally =>
  exitCode !== 0 && tally.failed === 0 ? { ...tally, failed: 1 } : tally;

/** Something that ran no test has not passed. */
export const mustHaveRun = (tally: Tally): Tally =>
  tally.passed + tally.failed === 0 ? { ...tally, failed: 1 } : tally;

export const say = (line: string) => void process.stdout.write(`${line}\n`);

/** Takes what a runner prints, as it comes. */
export type Print = (text: string) => void;

export const aloud: Print = (text) => void process.stdout.write(text);

/** Passes on what is printed, and keeps it to be read at the end. */
export function listening(print: Print) {
  let output = '';
  return {
    print: (text: string) => {
      output += text;
      print(text);
    },
    output: () => output,
  };
}

/** What threw is one failure, and says why. */
export function thrown(error: unknown, print: Print = aloud): Tally {
  print(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  return { ...nothing, failed: 1 };
}

export interface RunOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** Where what the program prints goes; to our own output unless told. */
  readonly print?: Print;
}

const running = new Set<ChildProcess>();

/** Ends every program that `run` started. */
export function endPrograms(): void {
  for (const child of running) child.kill('SIGTERM');
}

/** Runs a program in the repository; its exit code, null after a signal. */
export async function run(
  argv: readonly string[],
  { env = {}, print = aloud }: RunOptions = {},
): Promise<number | null> {
  const [program = '', ...args] = argv;
  const child = spawn(program, args, {
    cwd: repository,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.add(child);
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', print);
  const [code] = await once(child, 'close');
  running.delete(child);
  return typeof code === 'number' ? code : null;
}
