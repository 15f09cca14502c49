// Load from the client node while something else happens.
import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import * as z from 'zod';
import type { LabHandle } from '../client/lab.ts';

/** Only to end what hangs. */
const MOST_MS = 1_200_000;
const PROGRAM = fileURLToPath(new URL('steady-load.mjs', import.meta.url));

const Told = z.object({
  requests: z.number(),
  failed: z.number(),
  longLived: z.number(),
  lost: z.number(),
  maxMs: z.number(),
  /** How long the client itself did not run, at most: that is no waiting. */
  stoodStillMs: z.number(),
  /** How often each answer came: `rs1 192.168.137.131:80`. */
  answers: z.record(z.string(), z.number()),
  failures: z.record(z.string(), z.number()),
  /** When new connections changed their way, in milliseconds of the epoch: answered by the VIP itself, or not any more. */
  turns: z.array(z.object({ at: z.number(), fromVip: z.boolean() })),
  /** The first requests that failed: when they began, how long they took, the port they came from, and how that was then. */
  missed: z.array(
    z.object({
      at: z.number(),
      tookMs: z.number(),
      code: z.string(),
      from: z.number(),
      socket: z.string(),
    }),
  ),
});
type Told = z.infer<typeof Told>;

export interface Loaded extends Omit<Told, 'missed'> {
  /** With what was left of them when the load had ended. */
  readonly missed: readonly (Told['missed'][number] & { readonly left: readonly string[] })[];
}

export interface Load {
  readonly node: string;
  readonly vip: string;
  readonly port?: number;
  readonly workers?: number;
  readonly longLived?: number;
  /** How long a client waits for an answer. What the kernel sent into an outage it sends again after twice as long each time. */
  readonly timeoutMs?: number;
}

/** Loads while `work` runs, and a little before and after it; all connections that stay are there when it begins. */
export async function underLoad(lab: LabHandle, load: Load, work: () => Promise<void>): Promise<Loaded> {
  const { node, vip, port = 80, workers = 4, longLived = 8, timeoutMs = 5000 } = load;
  const id = randomUUID();
  const steadyFile = `/tmp/steady-load-${id}`;
  const stopFile = `/tmp/stop-load-${id}`;
  const numbers = [port, workers, longLived, timeoutMs].map(String);
  const argv = [process.execPath, PROGRAM, vip, ...numbers, steadyFile, stopFile];
  const loading = lab.exec(node, argv, { timeoutMs: MOST_MS });
  try {
    const steady = lab.read(node, ['sh', '-c', 'until [ -e "$0" ]; do sleep 0.2; done', steadyFile]);
    steady.catch(() => undefined);
    await Promise.race([steady, loading]);
    await new Promise((resolve) => setTimeout(resolve, 2000));
    await work();
    await new Promise((resolve) => setTimeout(resolve, 1000));
  } finally {
    await lab.read(node, ['touch', stopFile]);
  }
  const { code, stdout, stderr } = await loading;
  if (code !== 0) throw new Error(`the load ended with ${code ?? 'a signal'}: ${stderr}`);
  const loaded = Told.parse(JSON.parse(stdout.slice(stdout.indexOf('{'))));
  const missed = await Promise.all(
    loaded.missed.map(async (one) => ({ ...one, left: await leftOf(lab, one.from) })),
  );
  return { ...loaded, missed };
}

/** What kernels still have of a connection: sockets of all machines, and entries of a director. */
async function leftOf(lab: LabHandle, port: number): Promise<string[]> {
  const looks = 'ss -tanoH "( sport = :$0 or dport = :$0 )"; ipvsadm -Lnc 2>/dev/null | grep ":$0 "';
  const { nodes } = await lab.status();
  const printed = await Promise.all(
    nodes.map(async ({ name, id }) => {
      const { stdout } = await lab.exec(id, ['sh', '-c', looks, String(port)]);
      return stdout.split('\n').map((line) => `${name}: ${line.replaceAll(/\s+/g, ' ').trim()}`);
    }),
  );
  return printed.flat().filter((line) => !line.endsWith(': '));
}
