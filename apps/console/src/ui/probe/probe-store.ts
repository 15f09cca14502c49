// A probe in one tab, for React to subscribe to.
import type { ProbeReading } from '@signalbox/agent-api';
import {
  nothingProbed,
  type ProbeSeries,
  totalsAt,
  type Totals,
  withReading,
  withWayOf,
} from './probe-series.ts';
import type { WayChange } from './ways.ts';

export interface Mark {
  /** What had happened when the count began. */
  readonly totals: Totals;
  readonly atMs: number;
}

export class ProbeStore {
  #series = nothingProbed;
  /** Why no readings come; null while they do. */
  #problem: string | null = null;
  #last: ProbeReading | null = null;
  readonly #listeners = new Set<() => void>();
  readonly #marks = new Map<string, Mark>();

  readonly series = (): ProbeSeries => this.#series;
  readonly problem = (): string | null => this.#problem;
  readonly last = (): ProbeReading | null => this.#last;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  read(reading: ProbeReading): void {
    this.#last = reading;
    this.#problem = null;
    this.#become(withReading(this.#series, reading, Date.now()));
  }

  wayIs(change: WayChange): void {
    this.#become(withWayOf(this.#series, change));
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
