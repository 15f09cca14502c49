import { setTimeout as delay } from 'node:timers/promises';

/** Who watches is asked again at least this often whether they still may. */
const RENEW_AFTER_MS = 10 * 60_000;

/**
 * The stream, dropped without a last word after ten minutes: browsers take that for a lost connection and come back at
 * once, through sign-in and role. A stream that was never cut would outlive the session it was opened with.
 */
export async function* renewed<T>(
  open: (signal: AbortSignal) => AsyncIterable<T>,
  client: AbortSignal | undefined,
  afterMs = RENEW_AFTER_MS,
): AsyncGenerator<T, void, undefined> {
  const done = new AbortController();
  const due = delay(afterMs, true, { signal: done.signal, ref: false }).catch(() => false);
  const expired = new AbortController();
  void due.then((isDue) => isDue && expired.abort());
  try {
    yield* open(client ? AbortSignal.any([client, expired.signal]) : expired.signal);
  } finally {
    done.abort();
  }
  if (expired.signal.aborted) throw new DOMException('Come back.', 'AbortError');
}
