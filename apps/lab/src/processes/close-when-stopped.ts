import { constants } from 'node:os';

/** The signals by which somebody asks a program to end. */
export const STOPPING = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Runs `close` at the first signal to stop and ends this process after it. Answers the same for who comes to the end by
 * itself: it runs once, however often it is called for. A terminal tells all programs of a command, and who started
 * ours tells it once more.
 */
export function closeWhenStopped(close: () => Promise<void>): () => Promise<void> {
  let closing: Promise<void> | null = null;
  const closed = () => (closing ??= close());
  for (const signal of STOPPING)
    process.on(signal, () => void closed().finally(() => process.exit(128 + constants.signals[signal])));
  return closed;
}
