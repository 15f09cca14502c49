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
  /** Settles when the kernel has ended, by us or by itself. */
  readonly ended: Promise<void>;
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
  const ended = once(child, 'exit').then(() => undefined);
  const ready = watchOutput(child, logFile, ended);
  ready.catch(() => undefined);
  if (child.pid === undefined) throw new Error('setpriv could not be started');
  const outer = identityOf(child.pid);
  const keeper = await childOf(child.pid, ended);
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
      await ended;
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

/** Everything the kernel prints goes to the log; the last of it into the error when it ends too soon. */
function watchOutput(child: ChildProcess, logFile: string, ended: Promise<void>): Promise<void> {
  const { stdout, stderr } = child;
  if (stdout === null || stderr === null) throw new Error('pipes were asked for');
  const log = createWriteStream(logFile, { flags: 'a', mode: 0o600 });
  const last: string[] = [];
  return new Promise((resolve, reject) => {
    for (const output of [stdout, stderr])
      createInterface({ input: output }).on('line', (line) => {
        log.write(`${line}\n`);
        if (line === GUEST_READY) resolve();
        last.push(line);
        if (last.length > 40) last.shift();
      });
    child.once('error', reject);
    child.once('close', () => log.end());
    void ended.then(() => setTimeout(() => reject(new Error(`the kernel ended:\n${last.join('\n')}`)), 50));
  });
}
