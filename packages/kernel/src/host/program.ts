// Programs that do what netlink cannot, run with an argument array of which no shell reads a word.
import { KernelFailure } from '../netlink/failure.ts';
import { startProgram } from './start-program.ts';

export interface ProgramRun {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface ProgramOptions {
  readonly input?: string;
  readonly timeoutMilliseconds?: number;
  /** When it resolves, the program is told to end with what it has (SIGINT). */
  readonly enough?: Promise<void>;
}

/** On a host that is drowning in work a program takes its time: this only ends what hangs. */
const TIMEOUT_MS = 20_000;
const MOST_OUTPUT = 16 * 1024 * 1024;

/** Debian packages of the programs that we run. */
const packages: Readonly<Record<string, string>> = { arping: 'iputils-arping' };

/** Runs a program to its end. @throws KernelFailure when it is not installed, or does not end in time. */
export async function runProgram(
  program: string,
  args: readonly string[],
  { input = '', timeoutMilliseconds = TIMEOUT_MS, enough }: ProgramOptions = {},
): Promise<ProgramRun> {
  const child = startProgram(program, args);
  const overdue = setTimeout(() => child.kill('SIGKILL'), timeoutMilliseconds);
  const ended = Promise.withResolvers<number | null>();
  const text = { stdout: '', stderr: '' };
  for (const stream of ['stdout', 'stderr'] as const)
    child[stream].setEncoding('utf8').on('data', (chunk: string) => {
      if (text[stream].length < MOST_OUTPUT) text[stream] += chunk;
    });
  child.once('error', (error) => ended.reject(notRun(program, error)));
  child.once('close', (code, signal) =>
    signal === 'SIGKILL' ? ended.reject(new KernelFailure(program, 'ETIMEDOUT')) : ended.resolve(code),
  );
  void enough?.then(() => child.kill('SIGINT'));
  child.stdin.end(input);
  const code = await ended.promise.finally(() => clearTimeout(overdue));
  return { code, ...text };
}

function notRun(program: string, error: Error): KernelFailure {
  const errno = 'code' in error && typeof error.code === 'string' ? error.code : 'EIO';
  const reason =
    errno === 'ENOENT'
      ? `the program ${program} is not installed (Debian package ${packages[program] ?? program})`
      : error.message;
  return new KernelFailure(program, errno, reason);
}
