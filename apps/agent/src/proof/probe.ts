// A client's load on a service: requests each on a connection of its own, and connections that stay and ask again.
import { setMaxListeners } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { AgentRefusal, type ProbeInput, type ProbeReading } from '@signalbox/agent-api';
import { Conversation } from './conversation.ts';
import { Tally } from './tally.ts';

const READING_EVERY_MS = 250;
/** How long a new load waits for an earlier one that is ending. */
const LAST_REQUESTS_MS = 2000;
/** A long-lived connection says something this often. */
const WORD_EVERY_MS = 1000;
/** After a failure, so that a service that is down is not stormed. */
const PAUSE_AFTER_FAILURE_MS = 100;

/** One load at a time per host. */
export function createProbe() {
  /** Resolves when the load that runs has ended. */
  let running: Promise<void> | null = null;
  return async function* probe(
    input: ProbeInput,
    signal: AbortSignal,
  ): AsyncGenerator<ProbeReading, void, undefined> {
    // One that was just stopped is on its last requests.
    if (running) await Promise.race([running, delay(LAST_REQUESTS_MS)]);
    if (running) throw new AgentRefusal('busy', 'This host sends the requests of another probe just now.');
    const ended = Promise.withResolvers<void>();
    running = ended.promise;
    const stop = new AbortController();
    const both = AbortSignal.any([signal, stop.signal]);
    // One for each connection: no leak.
    setMaxListeners(0, signal, both);
    const tally = new Tally();
    const work = [
      ...Array.from({ length: input.workers }, () => worker(input, tally, both)),
      ...Array.from({ length: input.longLived }, () => longLived(input, tally, both)),
    ];
    try {
      for (;;) {
        await delay(READING_EVERY_MS, undefined, { signal }).catch(() => undefined);
        if (signal.aborted) return;
        yield tally.take(new Date());
      }
    } finally {
      stop.abort();
      await Promise.all(work);
      running = null;
      ended.resolve();
    }
  };
}

async function worker(input: ProbeInput, tally: Tally, signal: AbortSignal): Promise<void> {
  const over = () => signal.aborted;
  const { workers, requestsPerSecond } = input;
  const interval = requestsPerSecond === 0 ? 0 : (1000 * workers) / requestsPerSecond;
  while (!over()) {
    const began = performance.now();
    const failed = await request(input, tally, signal);
    const rest = interval - (performance.now() - began);
    const pause = failed ? Math.max(rest, PAUSE_AFTER_FAILURE_MS) : rest;
    if (pause > 0) await delay(pause, undefined, { signal }).catch(() => undefined);
  }
}

/** Answers whether it failed. What is cut off by the end of the probe counts as nothing. */
async function request(input: ProbeInput, tally: Tally, signal: AbortSignal): Promise<boolean> {
  const began = performance.now();
  const conversation = new Conversation(input, signal);
  try {
    const by = await conversation.ask('close');
    tally.answered(by, performance.now() - began);
    return false;
  } catch (error) {
    if (!signal.aborted) tally.failed(reasonOf(error));
    return true;
  } finally {
    conversation.end();
  }
}

/** Opened once: a connection that is lost is not made again, or nobody would see that it was lost. */
async function longLived(input: ProbeInput, tally: Tally, signal: AbortSignal): Promise<void> {
  const over = () => signal.aborted;
  const pause = () => delay(WORD_EVERY_MS, undefined, { signal }).catch(() => undefined);
  for (let open = false; !open && !over(); ) {
    const conversation = new Conversation(input, signal);
    try {
      while (!over()) {
        await conversation.ask('keep-alive');
        if (!open) tally.opened();
        open = true;
        await pause();
      }
    } catch (error) {
      if (!over()) tally.notAnswered(reasonOf(error), open);
    } finally {
      conversation.end();
    }
    if (!open) await pause();
  }
}

function reasonOf(error: unknown): string {
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') return error.code;
  return error instanceof Error ? error.message : String(error);
}
