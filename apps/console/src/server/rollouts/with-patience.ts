import { setTimeout as delay } from 'node:timers/promises';
import { AgentRefusal } from '@signalbox/agent-api';
import { AgentUnreachable } from '../agents/agent-unreachable.ts';

const FIRST_PAUSE_MS = 250;
const GIVE_UP_MS = 30_000;

/**
 * Calls again while an agent does not answer or is busy: a restarting agent is back in seconds, and all our calls may be
 * repeated. Any other failure, and the last one after half a minute, is thrown; so is the signal's reason at once, though
 * the agent goes on with what it was asked.
 */
export async function withPatience<T>(signal: AbortSignal, call: () => Promise<T>): Promise<T> {
  const began = performance.now();
  for (let pause = FIRST_PAUSE_MS; ; pause *= 2) {
    try {
      return await unlessAborted(signal, call());
    } catch (error) {
      if (signal.aborted || !passing(error) || performance.now() - began + pause > GIVE_UP_MS) throw error;
      await delay(pause, undefined, { signal }).catch(() => undefined);
    }
  }
}

async function unlessAborted<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>();
  const stop = () => reject(new AgentUnreachable('The console stopped.', { answered: false, cause: null }));
  if (signal.aborted) stop();
  signal.addEventListener('abort', stop, { once: true });
  try {
    return await Promise.race([work, promise]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

function passing(error: unknown): boolean {
  if (error instanceof AgentUnreachable) return !error.answered;
  return error instanceof AgentRefusal && error.kind === 'busy';
}
