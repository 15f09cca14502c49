import { AgentRefusal } from '@signalbox/agent-api';

/** One thing at a time on one host: whoever plans or writes waits for its turn, and nobody waits in a long line. */
export interface Turns {
  /** @throws AgentRefusal `busy` when too many wait already. */
  take<T>(work: () => Promise<T>): Promise<T>;
  /** Resolves when nobody works or waits. */
  idle(): Promise<void>;
}

const LONGEST_LINE = 16;

export function createTurns(): Turns {
  let last: Promise<unknown> = Promise.resolve();
  let inLine = 0;
  return {
    take: (work) => {
      if (inLine >= LONGEST_LINE)
        return Promise.reject(new AgentRefusal('busy', 'Too much is asked of this host at once: ask again.'));
      inLine += 1;
      const turn = last.then(work).finally(() => {
        inLine -= 1;
      });
      // The next in line waits for the end of this turn, and whoever took it hears of its failure.
      last = turn.catch(() => undefined);
      return turn;
    },
    idle: async () => {
      await last;
    },
  };
}
