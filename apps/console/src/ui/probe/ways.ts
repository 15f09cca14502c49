// Which way the answers of a probe came. A client cannot see it: it follows from when the destinations were switched. Pure.
import type { ForwardingMethod } from '@signalbox/cluster';

/** From this moment on new connections go this way. */
export interface WayChange {
  readonly atMs: number;
  readonly method: ForwardingMethod;
}

/** Two sources tell of one flip: the director's readings, once a second, and the switch, to the millisecond. */
const SAME_FLIP_MS = 5000;

/** The changes with one more word of it: a new one, a more exact time for the last, or nothing new (the same list). */
export function withWay(changes: readonly WayChange[], { atMs, method }: WayChange): readonly WayChange[] {
  const last = changes.at(-1);
  if (!last) return [{ atMs: Number.NEGATIVE_INFINITY, method }];
  if (last.method !== method) return atMs > last.atMs ? [...changes, { atMs, method }] : changes;
  const earlier = atMs < last.atMs && last.atMs - atMs <= SAME_FLIP_MS;
  const before = changes.at(-2)?.atMs ?? Number.NEGATIVE_INFINITY;
  return earlier && changes.length > 1 && atMs > before
    ? [...changes.slice(0, -1), { atMs, method }]
    : changes;
}

/** A switch says from which way to which. */
export interface Flip extends WayChange {
  /** Null when it does not say. */
  readonly from: ForwardingMethod | null;
}

/** The changes with a flip that may have been before anything was known here: what was answered before it came the other way. */
export function withFlip(changes: readonly WayChange[], { from, atMs, method }: Flip): readonly WayChange[] {
  const [first, ...others] = changes;
  const isMissed = others.length === 0 && (first === undefined || first.method === method);
  if (!isMissed || from === null) return withWay(changes, { atMs, method });
  return [
    { atMs: Number.NEGATIVE_INFINITY, method: from },
    { atMs, method },
  ];
}

export interface WayShare {
  readonly method: ForwardingMethod;
  /** Of the time, in its order; together 1. */
  readonly part: number;
}

/** The ways of a stretch of time that ends at `atMs`. One that a flip falls into has two. */
export function sharesOf(
  changes: readonly WayChange[],
  { atMs, spanMs }: { readonly atMs: number; readonly spanMs: number },
): WayShare[] {
  const from = atMs - spanMs;
  return changes.flatMap(({ atMs: begins, method }, i) => {
    const ends = changes[i + 1]?.atMs ?? Number.POSITIVE_INFINITY;
    const overlap = Math.min(ends, atMs) - Math.max(begins, from);
    return overlap > 0 ? [{ method, part: overlap / spanMs }] : [];
  });
}

/** The moments when destinations were switched. */
export const flipsOf = (changes: readonly WayChange[]): readonly WayChange[] => changes.slice(1);
