import type { ProbeReading } from '@signalbox/agent-api';

/** Who answers is told apart up to so many; a service that answers something new each time is not a table. */
const MOST_NAMES = 200;
/** As many are measured between two readings, however long nobody takes one. */
const MOST_LATENCIES = 20_000;

/** Counts what happens between two readings. */
export class Tally {
  #requests = 0;
  #failed = 0;
  #latencies: number[] = [];
  #answers = new Map<string, number>();
  #failures = new Map<string, number>();
  #open = 0;
  #lost = 0;

  answered(by: string, milliseconds: number): void {
    this.#requests += 1;
    if (this.#latencies.length < MOST_LATENCIES) this.#latencies.push(milliseconds);
    count(this.#answers, by);
  }

  failed(reason: string): void {
    this.#requests += 1;
    this.#failed += 1;
    count(this.#failures, reason);
  }

  opened(): void {
    this.#open += 1;
  }

  /** A long-lived connection failed: lost when it was open, else it never came to be. */
  notAnswered(reason: string, wasOpen: boolean): void {
    if (wasOpen) {
      this.#open -= 1;
      this.#lost += 1;
    }
    count(this.#failures, reason);
  }

  /** What there was since the last reading. Long-lived connections are told as they stand. */
  take(at: Date): ProbeReading {
    const reading: ProbeReading = {
      at: at.toISOString(),
      requests: this.#requests,
      failed: this.#failed,
      answers: [...this.#answers].map(([by, count]) => ({ by, count })),
      failures: [...this.#failures].map(([reason, count]) => ({ reason, count })),
      latencyMs: percentiles(this.#latencies),
      longLived: { open: this.#open, lost: this.#lost },
    };
    this.#requests = 0;
    this.#failed = 0;
    this.#latencies = [];
    this.#answers = new Map();
    this.#failures = new Map();
    return reading;
  }
}

function count(counts: Map<string, number>, name: string): void {
  const known = counts.has(name) || counts.size < MOST_NAMES ? name : 'others';
  counts.set(known, (counts.get(known) ?? 0) + 1);
}

/** In milliseconds with one decimal; null without any. */
function percentiles(values: readonly number[]): ProbeReading['latencyMs'] {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number) =>
    Math.round((sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? 0) * 10) / 10;
  return sorted.length === 0 ? null : { p50: at(0.5), p99: at(0.99), max: at(1) };
}
