import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
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
  const mounts = await mountTable(stage);
  const child = spawn(program, [...flags, '--', 'sh', NODE_INIT, mounts, stage.name, ...sysctls], {
    stdio: ['pipe', 'pipe', 'pipe'],
    detached: true,
  });
  const say = linesFrom(child, stage.name);
  const ready = /^ready (\d+)$/.exec(await say());
  if (ready?.[1] === undefined) throw new Error(`${stage.name} did not start`);
  const pid = Number(ready[1]);
  await rm(dirname(mounts), { recursive: true });
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

/**
 * The node's mounts, as a table for one call of mount(8), which skips what is mounted already from the same source. A boot id of its own, because a node that is made again is a
 * machine that was started again.
 */
async function mountTable(stage: StageNode): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), `${stage.id}-`));
  await writeFile(join(folder, 'boot_id'), `${randomUUID()}\n`);
  const table = [
    'node /proc proc defaults 0 0',
    'node /sys sysfs defaults 0 0',
    `${folder}/boot_id /proc/sys/kernel/random/boot_id none bind 0 0`,
    'node /run tmpfs mode=0755 0 0',
  ];
  await writeFile(join(folder, 'fstab'), `${table.join('\n')}\n`);
  return join(folder, 'fstab');
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
