import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import type { Service, ServiceState, SignalName } from '../wire/guest-messages.ts';
import { environment } from './environment.ts';
import { signalGroup } from './process-group.ts';

export interface RunningService {
  readonly service: Service;
  /** Settles when the ready text was printed (at once when there is none); rejects when it ends before that. */
  readonly ready: Promise<void>;
  state(): ServiceState;
  signal(signal: SignalName): void;
  /** It ends with its node: no restart, no word about it. */
  retire(): void;
  /** Ends it for good. */
  stop(): Promise<void>;
}

/** As systemd's RestartSec: 100 ms at first, doubled up to 5 s, forgotten after 10 s of running. */
const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 5000;
const SETTLED_MS = 10_000;
/** What it said last is part of the error when it does not come up. */
const LAST_LINES = 8;

type Child = ChildProcessByStdio<null, Readable, Readable>;

/** Keeps a program running by the words of `service`; `argv` is how it is started, `say` takes what it prints. */
export function runService(
  service: Service,
  argv: readonly string[],
  say: (line: string) => void,
): RunningService {
  const { promise: ready, resolve: beReady, reject: failReady } = Promise.withResolvers<void>();
  ready.catch(() => undefined);
  let state: ServiceState = { name: service.name, state: 'running', restarts: 0, lastExit: null };
  const lastLines: string[] = [];
  let pauseMs = FIRST_PAUSE_MS;
  let stopping = false;
  let timer: NodeJS.Timeout | null = null;
  let ended = Promise.resolve();
  let child = start();
  if (service.readyText === null) beReady();

  function start(): Child {
    const startedAt = performance.now();
    const [program = '', ...rest] = argv;
    const started = spawn(program, rest, {
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
      env: environment(service.env),
    });
    state = { ...state, state: 'running' };
    for (const output of [started.stdout, started.stderr])
      createInterface({ input: output }).on('line', (line) => {
        if (service.readyText !== null && line.includes(service.readyText)) beReady();
        lastLines.push(line);
        if (lastLines.length > LAST_LINES) lastLines.shift();
        say(line);
      });
    ended = new Promise((resolve) => {
      started.once('error', (error) => end(error.message, startedAt, resolve));
      started.once('exit', (code, signal) => end(signal ?? `exit ${code ?? 0}`, startedAt, resolve));
    });
    return started;
  }

  function end(lastExit: string, startedAt: number, resolve: () => void): void {
    const again = service.restart === 'always' && !stopping;
    state = { ...state, state: again ? 'waiting' : 'ended', lastExit };
    resolve();
    failReady(
      new Error([`${service.name} ended before it was ready: ${lastExit}`, ...lastLines].join('\n  ')),
    );
    if (!again) return;
    say(`(${service.name} ended: ${lastExit}; started again)`);
    if (performance.now() - startedAt > SETTLED_MS) pauseMs = FIRST_PAUSE_MS;
    timer = setTimeout(() => {
      state = { ...state, restarts: state.restarts + 1 };
      child = start();
    }, pauseMs);
    pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS);
  }

  function retire(): void {
    stopping = true;
    if (timer !== null) clearTimeout(timer);
    if (state.state === 'waiting') state = { ...state, state: 'ended' };
  }

  return {
    service,
    ready,
    state: () => state,
    signal: (signal) => signalGroup(child, signal),
    retire,
    async stop() {
      retire();
      signalGroup(child, 'SIGTERM');
      const hard = setTimeout(() => signalGroup(child, 'SIGKILL'), 3000);
      await ended;
      clearTimeout(hard);
    },
  };
}
