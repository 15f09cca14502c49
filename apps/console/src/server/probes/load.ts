// A load that a client node makes: what it has counted, who watches it, and who may still come back to it.
import type { ProbeReading } from '@signalbox/agent-api';
import { added, type Counted, countsOf, noTotals } from '../../api/probe-totals.ts';
import type { ProbeTold, ProbeWish } from '../../api/switch-contract.ts';
import { Newest, stopping } from '../hub/newest.ts';

/** A page that is loaded again, or a tab that is hidden for a moment, finds its probe as it left it. */
export const LINGER_MS = 60_000;
/** Readings that a page which comes back is told: two minutes. */
const READINGS = 480;
/** A browser that falls behind loses the oldest: ten seconds are kept for it. */
const WAITING = 40;

interface Kept {
  readonly readings: readonly { readonly atMs: number; readonly reading: ProbeReading }[];
  /** What went before them. */
  readonly before: Counted;
  readonly beganMs: number;
}

export interface LoadRoom {
  readonly now: () => Date;
  /** The count that this load goes on with; null: it begins. */
  readonly kept: Kept | null;
  /** Told once, when nobody wants it any more or it ended by itself. */
  readonly ended: () => void;
}

export class Load {
  readonly wish: ProbeWish;
  readonly #room: LoadRoom;
  readonly #stop = new AbortController();
  readonly #watchers = new Map<Newest<ProbeTold>, string>();
  /** Everybody who watches, and who left a moment ago with the timer that forgets them. */
  readonly #wanted = new Map<string, NodeJS.Timeout | null>();
  #kept: Kept;

  constructor(wish: ProbeWish, room: LoadRoom) {
    this.wish = wish;
    this.#room = room;
    this.#kept = room.kept ?? {
      readings: [],
      before: { totals: noTotals, failures: new Map() },
      beganMs: room.now().getTime(),
    };
  }

  get kept(): Kept {
    return this.#kept;
  }

  /** Tells everybody what the agent answers, until `end`. */
  async relay(from: (signal: AbortSignal) => AsyncIterable<ProbeReading>): Promise<void> {
    let count = 0;
    try {
      for await (const reading of from(this.#stop.signal)) {
        this.#keep(reading);
        count += 1;
        for (const told of this.#watchers.keys())
          told.put(String(count % WAITING), { kind: 'reading', reading });
      }
      for (const told of this.#watchers.keys()) told.end();
    } catch (error) {
      for (const told of this.#watchers.keys()) told.fail(error);
    } finally {
      this.end();
    }
  }

  async *watch(by: string, signal: AbortSignal): AsyncGenerator<ProbeTold, void, undefined> {
    const told = new Newest<ProbeTold>();
    told.put('past', this.#past());
    this.#watchers.set(told, by);
    this.#want(by, null);
    try {
      yield* told.read(signal);
    } finally {
      this.#watchers.delete(told);
      this.#left(by);
    }
  }

  isWantedBy(by: string): boolean {
    return this.#wanted.has(by);
  }

  /** Whether it may make room for another one that `by` asks for: nobody sees it now, and nobody else will come back. */
  givesWayTo(by: string): boolean {
    return this.#watchers.size === 0 && [...this.#wanted.keys()].every((one) => one === by);
  }

  /** In all tabs of this operator. */
  stopFor(by: string): void {
    for (const [told, who] of this.#watchers)
      if (who === by) {
        told.put('stopped', { kind: 'stopped' });
        told.end();
      }
    this.#forget(by);
  }

  /** The console stops: watchers are dropped without a last word, and come back. */
  leave(): void {
    for (const told of this.#watchers.keys()) told.fail(stopping());
    this.end();
  }

  end(): void {
    if (this.#stop.signal.aborted) return;
    this.#stop.abort();
    for (const timer of this.#wanted.values()) if (timer !== null) clearTimeout(timer);
    this.#wanted.clear();
    this.#room.ended();
  }

  #past(): ProbeTold {
    const nowMs = this.#room.now().getTime();
    const { readings, before, beganMs } = this.#kept;
    return {
      kind: 'past',
      agoMs: nowMs - beganMs,
      before: countsOf(before),
      readings: readings.map(({ atMs, reading }) => ({ agoMs: nowMs - atMs, reading })),
    };
  }

  #keep(reading: ProbeReading): void {
    const { readings, before, beganMs } = this.#kept;
    const all = [...readings, { atMs: this.#room.now().getTime(), reading }];
    const forgotten = all.slice(0, -READINGS);
    this.#kept = {
      beganMs,
      readings: all.slice(-READINGS),
      before: forgotten.reduce((counts, one) => added(counts, one.reading), before),
    };
  }

  #left(by: string): void {
    if (!this.#wanted.has(by) || [...this.#watchers.values()].includes(by)) return;
    this.#want(
      by,
      setTimeout(() => this.#forget(by), LINGER_MS),
    );
  }

  #want(by: string, timer: NodeJS.Timeout | null): void {
    clearTimeout(this.#wanted.get(by) ?? undefined);
    this.#wanted.set(by, timer);
  }

  #forget(by: string): void {
    clearTimeout(this.#wanted.get(by) ?? undefined);
    if (this.#wanted.delete(by) && this.#wanted.size === 0) this.end();
  }
}
