// Waiting that a command, or the end of this process, cuts short.
import { setTimeout as delay } from 'node:timers/promises';

/** Resolves when `signal` aborts. */
export function until(signal: AbortSignal): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  if (signal.aborted) resolve();
  signal.addEventListener('abort', () => resolve(), { once: true });
  return promise;
}

/** Waits so long, or until `signal` aborts. */
export async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  await delay(milliseconds, undefined, { signal }).catch(() => undefined);
}
