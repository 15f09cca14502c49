import type { Totals } from '../../api/probe-totals.ts';
import { since } from './probe-series.ts';
import type { ProbeStore } from './probe-store.ts';

/** A stretch of a probe that is counted for itself, as that of a switch. By the browser's clock. */
export interface CountedStretch {
  readonly name: string;
  readonly fromMs: number;
  /** Null: it goes on. */
  readonly toMs: number | null;
}

/** What happened in it. A probe that began later counts from its beginning. */
export function totalsOf(store: ProbeStore, { name, fromMs, toMs }: CountedStretch): Totals {
  const before = store.markOf(`${name} begins`, fromMs).totals;
  const until = toMs === null ? store.series().totals : store.markOf(`${name} ends`, toMs).totals;
  return since(until, before);
}

/** When counting began: later than the stretch when the probe did. */
export const countedFrom = (store: ProbeStore, { name, fromMs }: CountedStretch): number =>
  store.markOf(`${name} begins`, fromMs).atMs;
