// Starting programs. A start write-protects all memory of this process, and each page that it writes to afterwards is
// copied (fork(2)): on a busy host that takes longer than most programs run. Where several are about to be needed in a
// hurry, shells are started before, and wait to become a program.
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { Socket } from 'node:net';

/** Reads a program and its arguments, a line each, and becomes it. They are words and never read as shell. */
const BECOME =
  'read -r left || exit 0; while [ "$left" -gt 0 ]; do IFS= read -r word || exit 0; set -- "$@" "$word"; left=$((left - 1)); done; exec "$@"';
/** Nobody keeps processes for what may not come. */
const LEAVE_AFTER_MS = 60_000;

const ready = new Set<ChildProcessWithoutNullStreams>();
let leaving: NodeJS.Timeout | undefined;

/** A program with an argument array, what it prints and reads on pipes. It fails by an `error` event, as of `spawn`. */
export function startProgram(program: string, args: readonly string[]): ChildProcessWithoutNullStreams {
  const words = [program, ...args];
  const [waiting] = ready;
  // What is not installed is for `spawn` to say.
  if (!waiting || words.some((word) => word.includes('\n')) || !isInstalled(program))
    return spawnNow(program, args);
  ready.delete(waiting);
  leaveLater();
  keepAlive(waiting, 'ref');
  waiting.stdin.write(`${[words.length, ...words].join('\n')}\n`);
  return waiting;
}

const searched = () => process.env['PATH'] ?? '/usr/sbin:/usr/bin:/sbin:/bin';

/** What programs are told of this process: where others are, and to speak English. */
export const environment = () => ({ PATH: searched(), LC_ALL: 'C' });

function spawnNow(program: string, args: readonly string[]): ChildProcessWithoutNullStreams {
  const child = spawn(program, args, { stdio: 'pipe', env: environment() });
  // A program that ends without reading says so by its exit code.
  child.stdin.on('error', () => undefined);
  return child;
}

function isInstalled(program: string): boolean {
  const places = program.includes('/') ? [''] : searched().split(delimiter);
  return places.some((place) => {
    try {
      accessSync(join(place, program), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

/** From now on, for a minute after the last start, so many programs start at once; where none can wait they start as ever. */
export function readyPrograms(count: number): void {
  try {
    while (ready.size < count) makeReady();
  } catch {
    // No memory, say: whoever starts a program hears of it then.
  }
  leaveLater();
}

function makeReady(): void {
  const child = spawnNow('/bin/sh', ['-c', BECOME, 'signalbox-ready']);
  const forget = () => ready.delete(child);
  child.once('error', forget).once('exit', forget);
  keepAlive(child, 'unref');
  ready.add(child);
}

/** Whether this process stays for it. Those that wait do not keep it, and end with it: their input ends. */
export function keepAlive(child: ChildProcessWithoutNullStreams, as: 'ref' | 'unref'): void {
  child[as]();
  for (const stream of [child.stdin, child.stdout, child.stderr]) if (stream instanceof Socket) stream[as]();
}

function leaveLater(): void {
  clearTimeout(leaving);
  leaving = setTimeout(() => {
    for (const child of ready) child.stdin.end();
    ready.clear();
  }, LEAVE_AFTER_MS).unref();
}
