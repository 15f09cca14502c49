import { setTimeout as sleep } from 'node:timers/promises';
import { type AgentEvent, AgentRefusal } from '@signalbox/agent-api';
import type { HostReading } from '@signalbox/cluster';
import type { ServicesLook } from '@signalbox/kernel';
import { errorText, type Log } from '../log.ts';
import { type NewestEvents, newestEvents } from './newest-events.ts';

/** Reads the host once a second while somebody watches, however many do, and not at all when nobody does. */
export interface Sampler {
  /** Events until `signal` aborts or the sampler closes. @throws AgentRefusal `busy` when too many watch. */
  readonly watch: (signal: AbortSignal) => AsyncIterable<AgentEvent>;
  readonly publish: (event: AgentEvent) => void;
  readonly close: () => void;
}

export interface SamplerOptions {
  readonly look: (whole: boolean) => Promise<ServicesLook>;
  readonly links: () => Promise<HostReading['links']>;
  readonly log: Log;
  readonly intervalMs: number;
}

/** A console and its successor, and a person or two at the command line. */
const MOST_WATCHERS = 8;

export function createSampler({ look, links, log, intervalMs }: SamplerOptions): Sampler {
  const watchers = new Set<NewestEvents>();
  let sequence = 0;
  let sampling: AbortController | null = null;
  let ended = Promise.resolve();
  let failing = false;
  /** Somebody watches who has nothing yet. */
  let newcomer = false;

  const publish = (event: AgentEvent) => {
    for (const watcher of watchers) watcher.push(event);
  };

  const sample = async () => {
    const fresh = newcomer;
    newcomer = false;
    try {
      const { whole, services } = await look(fresh);
      const reading = {
        at: new Date().toISOString(),
        sequence: sequence + 1,
        services,
        links: await links(),
      };
      sequence += 1;
      publish({ kind: whole ? 'reading' : 'changes', reading });
      if (failing) log('The host can be read again.');
      failing = false;
    } catch (error) {
      newcomer = true;
      // Watchers see their last values age. One line says why, not one each second.
      if (!failing) log(`The host cannot be read: ${errorText(error)}`);
      failing = true;
    }
  };

  const sampleUntil = async (signal: AbortSignal) => {
    while (!signal.aborted) {
      const started = performance.now();
      await sample();
      const rest = Math.max(0, intervalMs - (performance.now() - started));
      // The one rejection is the abort, which the loop looks at itself.
      await sleep(rest, undefined, { signal }).catch(() => undefined);
    }
  };

  const startOrStop = () => {
    if (watchers.size === 0) {
      sampling?.abort();
      sampling = null;
    } else if (!sampling) {
      sampling = new AbortController();
      const { signal } = sampling;
      // One look at a time, also when the last watcher left in the middle of one.
      ended = ended.then(() => sampleUntil(signal));
    }
  };

  return {
    publish,
    watch: async function* (signal) {
      if (watchers.size >= MOST_WATCHERS)
        throw new AgentRefusal('busy', `${MOST_WATCHERS} watch this host already.`);
      const events = newestEvents();
      signal.addEventListener('abort', events.end, { once: true });
      if (signal.aborted) events.end();
      watchers.add(events);
      newcomer = true;
      startOrStop();
      try {
        yield* events;
      } finally {
        signal.removeEventListener('abort', events.end);
        watchers.delete(events);
        startOrStop();
      }
    },
    close: () => {
      for (const watcher of watchers) watcher.end();
    },
  };
}
