// Hearing that links, addresses, routes or rules changed. A program of iproute2 listens: a burst that overruns its
// socket is its own to lose, where a membership of ours would end this process.
import { type ChildProcess, spawn } from 'node:child_process';
import { Socket } from 'node:net';
import { environment } from '../host/start-program.ts';

const PROGRAM = ['ip', '-o', 'monitor', 'link', 'address', 'route', 'rule'] as const;
const START_AGAIN_MS = 2000;
/** Where it does not run at all it is tried ever less often. */
const LONGEST_WAIT_MS = 60_000;

/** How `ip monitor` begins a line about what is not there any more. */
const REMOVED = /^Deleted /m;

/**
 * Calls `changed` at each change until the signal aborts. Only a hint: what changed is for a look to say. It does not keep
 * the process alive.
 */
export function hearNetwork(changed: (removed: boolean) => void, signal: AbortSignal): void {
  let child: ChildProcess | null = null;
  let timer: NodeJS.Timeout | undefined;
  let waitMs = START_AGAIN_MS;

  const listen = () => {
    const [program, ...args] = PROGRAM;
    const one = spawn(program, args, {
      stdio: ['ignore', 'pipe', 'ignore'],
      env: environment(),
    });
    child = one;
    one.unref();
    if (one.stdout instanceof Socket) one.stdout.unref();
    one.stdout.setEncoding('utf8').on('data', (lines: string) => {
      waitMs = START_AGAIN_MS;
      changed(REMOVED.test(lines));
    });
    // Where it is not installed, or was killed: whoever listens looks now and then besides.
    one.once('error', listenAgain);
    one.once('exit', listenAgain);
  };
  const listenAgain = () => {
    clearTimeout(timer);
    if (signal.aborted) return;
    timer = setTimeout(listen, waitMs).unref();
    waitMs = Math.min(waitMs * 2, LONGEST_WAIT_MS);
  };

  if (signal.aborted) return;
  signal.addEventListener(
    'abort',
    () => {
      clearTimeout(timer);
      child?.kill('SIGKILL');
    },
    { once: true },
  );
  listen();
}
