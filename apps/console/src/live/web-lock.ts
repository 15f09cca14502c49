// Web Locks with signals: a lock is held until its signal aborts, or the tab closes or crashes.

/** Waits for the lock, then runs `work` and holds on to it until the signal aborts. */
export function holdLock(name: string, signal: AbortSignal, work: (held: AbortSignal) => void): void {
  const locks = lockManager();
  // Without locks (plain HTTP on an address that is not loopback) every tab is on its own.
  if (!locks) {
    if (!signal.aborted) work(signal);
    return;
  }
  locks
    .request(name, { signal }, () => {
      work(signal);
      return aborted(signal);
    })
    .catch(onlyAborts);
}

/** Like `holdLock` with whichever of several locks is free first. */
export function holdOneOf(
  names: readonly string[],
  signal: AbortSignal,
  work: (held: AbortSignal) => void,
): void {
  const locks = lockManager();
  if (!locks) {
    if (!signal.aborted) work(signal);
    return;
  }
  const waiting = new AbortController();
  let taken = false;
  const request = { signal: AbortSignal.any([signal, waiting.signal]) };
  for (const name of names)
    locks
      .request(name, request, () => {
        // Two may be granted in one turn, before the other request is taken back.
        if (taken) return undefined;
        taken = true;
        waiting.abort();
        work(signal);
        return aborted(signal);
      })
      .catch(onlyAborts);
}

// The type says it is always there; browsers leave it out where the page is not in a secure context.
const lockManager = (): LockManager | undefined => ('locks' in navigator ? navigator.locks : undefined);

const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });

function onlyAborts(error: unknown): void {
  if (!(error instanceof DOMException && error.name === 'AbortError')) throw error;
}
