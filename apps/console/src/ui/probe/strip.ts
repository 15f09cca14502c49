// The last answers as a strip of cells: who answered, and by which way. Pure.
import type { ForwardingMethod } from '@signalbox/cluster';
import type { Sample } from './probe-series.ts';
import { sharesOf, type WayChange } from './ways.ts';

export interface StripCell {
  /** Stays the same while the cell moves through the strip. */
  readonly key: string;
  /** Null: the request failed. */
  readonly by: string | null;
  readonly method: ForwardingMethod | null;
}

export interface Strip {
  readonly cells: readonly StripCell[];
  /** Whether every answer is shown. */
  readonly complete: boolean;
}

export const STRIP_CELLS = 52;

export function stripOf(
  samples: readonly Pick<Sample, 'atMs' | 'spanMs' | 'picks' | 'complete'>[],
  ways: readonly WayChange[],
): Strip {
  const shown: StripCell[] = [];
  let complete = true;
  for (let i = samples.length - 1; i >= 0 && shown.length < STRIP_CELLS; i--) {
    const sample = samples[i];
    if (!sample) break;
    complete &&= sample.complete;
    shown.unshift(...cellsOf(sample, ways));
  }
  return { cells: shown.slice(-STRIP_CELLS), complete };
}

function cellsOf(sample: Pick<Sample, 'atMs' | 'spanMs' | 'picks'>, ways: readonly WayChange[]): StripCell[] {
  const shares = sharesOf(ways, sample);
  return sample.picks.map((by, i) => ({
    key: `${sample.atMs} ${i}`,
    by,
    // Picks are spread evenly over the time of the reading.
    method: wayAt(shares, (i + 0.5) / sample.picks.length),
  }));
}

function wayAt(shares: ReturnType<typeof sharesOf>, at: number): ForwardingMethod | null {
  let passed = 0;
  for (const { method, part } of shares) {
    passed += part;
    if (at <= passed + 1e-9) return method;
  }
  return shares.at(-1)?.method ?? null;
}
