import type { AgentEvent } from '@signalbox/agent-api';

/** What one watcher has not read yet: the newest event of each kind, so a slow one misses some and delays nobody. */
export interface NewestEvents extends AsyncIterable<AgentEvent> {
  readonly push: (event: AgentEvent) => void;
  /** Ends the iteration once what was pushed is read. */
  readonly end: () => void;
}

export function newestEvents(): NewestEvents {
  const waiting = new Map<AgentEvent['kind'], AgentEvent>();
  let ended = false;
  let wake = () => {};

  const take = (): AgentEvent | undefined => {
    const [event] = waiting.values();
    if (event) waiting.delete(event.kind);
    return event;
  };

  return {
    push: (event) => {
      waiting.delete(event.kind);
      waiting.set(event.kind, event);
      wake();
    },
    end: () => {
      ended = true;
      wake();
    },
    async *[Symbol.asyncIterator]() {
      for (;;) {
        const event = take();
        if (event) yield event;
        else if (ended) return;
        else {
          const woken = Promise.withResolvers<void>();
          wake = woken.resolve;
          await woken.promise;
        }
      }
    },
  };
}
