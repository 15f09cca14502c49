// Whether the console has had an answer from a node's agent: one that listens may still be too slow to answer in time.
import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod';
import type { SignedInConsole } from '../client/signed-in-console.ts';

/** A slow machine starts forty agents in it. */
const MOST_MS = 180_000;
const ASK_EVERY_MS = 200;

const Asked = z.looseObject({ kind: z.string(), message: z.string().optional() });

/** Resolves when the node's agent has answered the console. @throws with what the console says when it never does. */
export async function answered(api: SignedInConsole, nodeId: string): Promise<void> {
  const deadline = performance.now() + MOST_MS;
  for (;;) {
    const { kind, message } = Asked.parse(await api.query('nodes.get', { clusterId: api.clusterId, nodeId }));
    if (kind === 'answers') return;
    if (performance.now() > deadline)
      throw new Error(`the agent of ${nodeId} has not answered the console: ${message ?? kind}`);
    await sleep(ASK_EVERY_MS);
  }
}
