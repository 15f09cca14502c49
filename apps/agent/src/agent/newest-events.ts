import type { AgentEvent } from '@signalbox/agent-api';
import { withChanges } from '@signalbox/cluster';

/**
 * What one watcher has not read yet: the newest look and the newest progress, so a slow one misses some and delays
 * nobody. What it misses of changes is in the next that it gets.
 */
export interface NewestEvents extends AsyncIterable<AgentEvent> {
  readonly push: (event: AgentEvent) => void;
  /** Ends the iteration once what was pushed is read. */
  readonly end: () => void;
}

/** What somebody removes a thousand of is not told one by one to who does not read. */
const MOST_SENTENCES = 100;

export function newestEvents(): NewestEvents {
  const waiting = new Map<'look' | 'progress' | 'putBack', AgentEvent>();
  /** Whether it got what changes apply to. */
  let begun = false;
  let ended = false;
  let wake = () => {};

  const take = (): AgentEvent | undefined => {
    const [first] = waiting;
    if (!first) return undefined;
    waiting.delete(first[0]);
    return first[1];
  };

  return {
    push: (event) => {
      if (event.kind === 'changes' && !begun) return;
      begun ||= event.kind === 'reading';
      const slot = event.kind === 'progress' || event.kind === 'putBack' ? event.kind : 'look';
      const before = waiting.get(slot);
      waiting.delete(slot);
      waiting.set(slot, before ? after(before, event) : event);
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

/** One event in the place of two. */
function after(before: AgentEvent, event: AgentEvent): AgentEvent {
  if (event.kind === 'putBack' && before.kind === 'putBack')
    return { kind: 'putBack', sentences: [...before.sentences, ...event.sentences].slice(-MOST_SENTENCES) };
  if (event.kind !== 'changes' || before.kind === 'progress' || before.kind === 'putBack') return event;
  return { kind: before.kind, reading: withChanges(before.reading, event.reading) };
}
