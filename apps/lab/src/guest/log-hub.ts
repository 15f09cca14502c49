import type { LogLine } from '../wire/guest-messages.ts';

/** Lines kept for a listener that is not there yet. */
const KEPT = 5000;

export interface LogHub {
  readonly add: (line: LogLine) => void;
  /** Every line from the first kept one on, until `signal` ends it. One listener at a time: the supervisor. */
  listen(signal: AbortSignal): AsyncGenerator<LogLine, void, undefined>;
}

/** What the programs of all nodes print, in order; a slow listener loses the oldest lines. */
export function logHub(): LogHub {
  let lines: LogLine[] = [];
  let wake = () => undefined as void;
  return {
    add(line) {
      lines.push(line);
      if (lines.length > KEPT) lines = lines.slice(-KEPT);
      wake();
    },
    async *listen(signal) {
      signal.addEventListener('abort', () => wake());
      while (!signal.aborted) {
        const batch = lines;
        lines = [];
        yield* batch;
        if (lines.length > 0) continue;
        await new Promise<void>((resolve) => {
          wake = resolve;
          if (signal.aborted) resolve();
        });
      }
    },
  };
}
