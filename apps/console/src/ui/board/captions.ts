// Where the names of the columns stand: over the cards of their kind, wherever those were dragged. Pure.
import type { NodeKind } from '@signalbox/cluster';
import { order } from './layout.ts';

export interface Caption {
  /** More than one where their cards stand over each other. */
  readonly kinds: readonly NodeKind[];
  readonly x: number;
  /** Up to the next caption; null: as much as it takes. */
  readonly room: number | null;
}

/** Cards that begin this near to each other stand in one column. */
const SAME_COLUMN = 60;

/** From the left edges of all cards, in the board's own units. */
export function captionsOf(lefts: readonly { readonly kind: NodeKind; readonly x: number }[]): Caption[] {
  const columns = order
    .map((kind) => ({ kind, xs: lefts.filter((left) => left.kind === kind).map(({ x }) => x) }))
    .filter(({ xs }) => xs.length > 0)
    .map(({ kind, xs }) => ({ kinds: [kind], x: Math.min(...xs) }))
    .toSorted((a, b) => a.x - b.x);
  const merged: { kinds: NodeKind[]; x: number }[] = [];
  for (const column of columns) {
    const before = merged.at(-1);
    if (before && column.x - before.x < SAME_COLUMN) before.kinds.push(...column.kinds);
    else merged.push(column);
  }
  return merged.map(({ kinds, x }, i) => {
    const next = merged[i + 1];
    return { kinds, x, room: next ? next.x - x : null };
  });
}
