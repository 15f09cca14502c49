import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { identityOf, type ProcessIdentity } from '../processes/process-identity.ts';
import type { KeeperPlan } from './keeper-plan.ts';
import { GUEST_READY } from './management-network.ts';
import { childOf } from '../processes/process-tree.ts';

/** A running kernel in namespaces of its own. */
export interface Machine {
  /** Killing these, in this order, ends everything the machine runs. */
  readonly processes: readonly ProcessIdentity[];
  /** Settles when the program inside the kernel listens; rejects when the kernel ends before. */
  readonly ready: Promise<void>;
  /** Settles when the kernel has ended, by us or by itself: with the last lines that it printed. */
  readonly ended: Promise<readonly string[]>;
  /** The argument array that runs `argv` at the outer end of the lab's network, on the host's own kernel. */
  readonly enter: (argv: readonly string[]) => string[];
  /** Ends it as a power cut would; when it settles nothing is left. */
  stop(): Promise<void>;
}

const KEEPER = fileURLToPath(new URL('./keeper.ts', import.meta.url));

/**
 * Starts the keeper as the first process of new process, network and mount namespaces. Two parent-death signals chain
 * it to this process: however the lab ends, the kernel takes the keeper, and with it everything below (pid_namespaces(7)).
 */
export async function startMachine(plan: KeeperPlan, logFile: string): Promise<Machine> {
  const [program = '', ...args] = inNamespaces([process.execPath, KEEPER, JSON.stringify(plan)]);
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  const exited = once(child, 'exit').then(() => undefined);
  const { ready, ended } = watchOutput(child, logFile);
  ready.catch(() => undefined);
  if (child.pid === undefined) throw new Error('setpriv could not be started');
  const outer = identityOf(child.pid);
  const keeper = await childOf(child.pid, exited);
  if (outer === null || keeper === null) {
    await ready;
    throw new Error('the lab’s namespaces could not be made');
  }
  return {
    processes: [keeper, outer],
    ready,
    ended,
    enter: (argv) => [...ENTER, String(keeper.pid), '--', ...argv],
    async stop() {
      if (child.exitCode === null && child.signalCode === null) process.kill(keeper.pid, 'SIGKILL');
      await exited;
    },
  };
}

/** Becoming root in a user namespace forgets the parent-death signal (prctl(2)): that comes first. */
function inNamespaces(argv: readonly string[]): string[] {
  const asRoot = process.getuid?.() === 0 ? [] : ['unshare', '--user', '--map-root-user', '--'];
  const chained = ['setpriv', '--pdeathsig', 'KILL', '--'];
  const apart = ['unshare', '--net', '--pid', '--mount', '--fork', '--kill-child=KILL', '--mount-proc', '--'];
  return [...asRoot, ...chained, ...apart, ...argv];
}

const ENTER = ['nsenter', ...(process.getuid?.() === 0 ? [] : ['--user']), '--net', '--target'];

/** A panic prints some sixty after the one that says why. */
const LAST_LINES = 100;

/** Everything the kernel prints goes to the log; the last of it into the error when it ends too soon. */
function watchOutput(child: ChildProcess, logFile: string): Pick<Machine, 'ready' | 'ended'> {
  const { stdout, stderr } = child;
  if (stdout === null || stderr === null) throw new Error('pipes were asked for');
  const log = createWriteStream(logFile, { flags: 'a', mode: 0o600 });
  const last: string[] = [];
  const ready = Promise.withResolvers<void>();
  const outputs = [stdout, stderr].map(async (output) => {
    for await (const line of createInterface({ input: output })) {
      log.write(`${line}\n`);
      if (line === GUEST_READY) ready.resolve();
      last.push(line);
      if (last.length > LAST_LINES) last.shift();
    }
  });
  child.once('error', ready.reject);
  const ended = Promise.all(outputs).then(() => {
    log.end();
    ready.reject(new Error(`the kernel ended:\n${last.join('\n')}`));
    return last;
  });
  return { ready: ready.promise, ended };
}
