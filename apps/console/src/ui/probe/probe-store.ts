// A probe in one tab, for React to subscribe to.
import { countsOf, type Totals } from '../../api/probe-totals.ts';
import type { ProbeTold } from '../../api/switch-contract.ts';
import {
  nothingProbed,
  type ProbeSeries,
  totalsAt,
  withFlipOf,
  withPast,
  withReading,
  withWayOf,
} from './probe-series.ts';
import type { Flip, WayChange } from './ways.ts';

export interface Mark {
  /** What had happened when the count began. */
  readonly totals: Totals;
  readonly atMs: number;
}

export class ProbeStore {
  #series = nothingProbed;
  /** Why no readings come; null while they do. */
  #problem: string | null = null;
  readonly #listeners = new Set<() => void>();
  readonly #marks = new Map<string, Mark>();

  readonly series = (): ProbeSeries => this.#series;
  readonly problem = (): string | null => this.#problem;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  told(told: Exclude<ProbeTold, { kind: 'stopped' }>): void {
    this.#problem = null;
    const nowMs = Date.now();
    this.#become(
      told.kind === 'past'
        ? withPast(this.#series, told, nowMs)
        : withReading(this.#series, told.reading, nowMs),
    );
  }

  /** What another tab that begins to watch is told; null when nothing was counted yet. */
  readonly past = (): ProbeTold | null => {
    const { beganAtMs } = this.#series;
    if (beganAtMs === null) return null;
    return { kind: 'past', agoMs: Date.now() - beganAtMs, before: countsOf(this.#series), readings: [] };
  };

  wayIs(change: WayChange): void {
    this.#become(withWayOf(this.#series, change));
  }

  flipIs(flip: Flip): void {
    this.#become(withFlipOf(this.#series, flip));
  }

  fails(problem: string | null): void {
    if (problem === this.#problem) return;
    this.#problem = problem;
    this.#tell();
  }

  /** From when something is counted: remembered when first asked for, because readings are forgotten. */
  markOf(name: string, atMs: number): Mark {
    const known = this.#marks.get(name);
    if (known) return known;
    const { firstAtMs, samples } = this.#series;
    const made = { totals: totalsAt(this.#series, atMs), atMs: Math.max(atMs, firstAtMs ?? atMs) };
    // Until readings have passed that moment, more of what was before it may come.
    if ((samples.at(-1)?.atMs ?? Number.NEGATIVE_INFINITY) >= atMs) this.#marks.set(name, made);
    return made;
  }

  #become(next: ProbeSeries): void {
    if (next === this.#series) return;
    this.#series = next;
    this.#tell();
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}
