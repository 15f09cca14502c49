/** How often each thing was put back, and how often that failed: nothing is fought for without an end. */
export interface Patience {
  /** Forgets all when it is another state that is kept. */
  begin(id: string): void;
  /** `left`: it came back so often that another program must be removing it. */
  verdictOn(thing: string): 'try' | 'wait' | 'left' | 'alreadyLeft';
  wasPutBack(thing: string): void;
  /** Whether it is worth a line: the first failure in a row. */
  hasFailed(thing: string): boolean;
  /** Something changed: what failed may work now. */
  heard(): void;
}

const MOST_A_MINUTE = 5;
const MINUTE_MS = 60_000;
const FIRST_WAIT_MS = 1000;
const LONGEST_WAIT_MS = 30_000;

export function createPatience(now: () => number): Patience {
  let of = '';
  const putBack = new Map<string, readonly number[]>();
  const failing = new Map<string, { readonly waitMs: number; readonly until: number }>();
  const left = new Set<string>();

  return {
    begin: (id) => {
      if (id === of) return;
      of = id;
      for (const memory of [putBack, failing, left]) memory.clear();
    },
    verdictOn: (thing) => {
      if (left.has(thing)) return 'alreadyLeft';
      const lately = (putBack.get(thing) ?? []).filter((at) => now() - at < MINUTE_MS);
      putBack.set(thing, lately);
      if (lately.length >= MOST_A_MINUTE) {
        left.add(thing);
        return 'left';
      }
      return (failing.get(thing)?.until ?? 0) > now() ? 'wait' : 'try';
    },
    wasPutBack: (thing) => {
      failing.delete(thing);
      putBack.set(thing, [...(putBack.get(thing) ?? []), now()]);
    },
    hasFailed: (thing) => {
      const before = failing.get(thing);
      const waitMs = before ? Math.min(before.waitMs * 2, LONGEST_WAIT_MS) : FIRST_WAIT_MS;
      failing.set(thing, { waitMs, until: now() + waitMs });
      return before === undefined;
    },
    heard: () => {
      for (const [thing, { waitMs }] of failing) failing.set(thing, { waitMs, until: 0 });
    },
  };
}
