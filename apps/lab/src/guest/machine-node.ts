import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { StageNode } from '../wire/guest-messages.ts';
import { configure } from './network.ts';
import { NODE_INIT, UNSHARE } from './namespaces.ts';

/** A node that lives: its first process holds its namespaces, and everything on it ends with that process. */
export interface MachineNode {
  readonly stage: StageNode;
  /** Process id of the node's first process, as seen outside. */
  readonly pid: number;
  /** Gives interfaces that were plugged in their addresses, and the node its gateway. */
  configure(): Promise<void>;
  kill(): Promise<void>;
}

/** Starts a node without cables; they are plugged in by its `pid`. */
export async function startNode(stage: StageNode): Promise<MachineNode> {
  const sysctls = Object.entries(stage.sysctls).map(([path, value]) => `${path}=${value}`);
  const [program, ...flags] = UNSHARE;
  const child = spawn(program, [...flags, '--', 'sh', NODE_INIT, stage.name, ...sysctls], {
    stdio: ['pipe', 'pipe', 'pipe'],
    detached: true,
  });
  const say = linesFrom(child, stage.name);
  const ready = /^ready (\d+)$/.exec(await say());
  if (ready?.[1] === undefined) throw new Error(`${stage.name} did not start`);
  const pid = Number(ready[1]);
  return {
    stage,
    pid,
    configure: async () => {
      child.stdin.end(`${configure(stage).join('\n')}\n`);
      if ((await say()) !== 'up') throw new Error(`${stage.name} did not come up`);
    },
    kill: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = once(child, 'exit');
      process.kill(pid, 'SIGKILL');
      await ended;
    },
  };
}

/** The lines the first process says, one by one; what it complains of is part of the error when it ends early. */
function linesFrom(child: ChildProcess, name: string): () => Promise<string> {
  const { stdout, stderr, stdin } = child;
  if (stdout === null || stderr === null || stdin === null) throw new Error('pipes were asked for');
  let complaints = '';
  stdin.on('error', () => undefined);
  stderr.on('data', (chunk: Buffer) => {
    complaints = (complaints + chunk.toString()).slice(-2000);
  });
  const lines = createInterface({ input: stdout })[Symbol.asyncIterator]();
  return async () => {
    const line = await lines.next();
    if (line.done !== true) return line.value;
    throw new Error(`${name} ended while starting: ${complaints.trim()}`);
  };
}
