/** What is wanted beside what is there, by identity. */
export interface Matching<T> {
  readonly added: readonly T[];
  readonly removed: readonly T[];
  readonly kept: readonly { readonly from: T; readonly to: T }[];
}

/** Pairs two lists by key in one pass. Of two items with one key in a list, the last counts. */
export function match<T>(wanted: readonly T[], there: readonly T[], keyOf: (item: T) => string): Matching<T> {
  const before = new Map(there.map((item) => [keyOf(item), item]));
  const after = new Map(wanted.map((item) => [keyOf(item), item]));
  const added: T[] = [];
  const kept: { from: T; to: T }[] = [];
  for (const [key, to] of after) {
    const from = before.get(key);
    if (from === undefined) added.push(to);
    else kept.push({ from, to });
  }
  return { added, removed: [...before].filter(([key]) => !after.has(key)).map(([, item]) => item), kept };
}
