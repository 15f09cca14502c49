// Two minutes of a probe's readings, and what they add up to since it began. Pure: times are the browser's clock.
import type { ProbeReading } from '@signalbox/agent-api';
import { pickAnswers } from './answer-picks.ts';
import { type WayChange, withWay } from './ways.ts';

/** Readings older than this are forgotten; totals are not. */
export const KEPT_MS = 120_000;
/** What a reading stands for when there is none before it. */
export const INTERVAL_MS = 250;
/** After a longer pause nothing was sent meanwhile: the load had stopped. */
export const GAP_MS = 1200;
/** Servers are told apart by what they answer; beyond this many the rest is one. */
const SERVERS = 60;
export const OTHERS = '…';

export interface Totals {
  readonly requests: number;
  readonly failed: number;
  /** Long connections that broke. */
  readonly lost: number;
  readonly servers: ReadonlyMap<string, number>;
}

export interface Sample {
  readonly atMs: number;
  readonly spanMs: number;
  readonly requests: number;
  readonly failed: number;
  readonly p50: number | null;
  readonly open: number;
  /** Some of its answers in turn, null for a failure. */
  readonly picks: readonly (string | null)[];
  /** Whether the picks are all there were. */
  readonly complete: boolean;
  /** Totals up to and with this one. */
  readonly totals: Totals;
}

export interface ProbeSeries {
  readonly samples: readonly Sample[];
  readonly totals: Totals;
  readonly failures: ReadonlyMap<string, number>;
  readonly ways: readonly WayChange[];
  /** p50 while connections went the way before. */
  readonly p50Before: number | null;
  readonly firstAtMs: number | null;
  /** Our clock minus the client node's, by the quickest reading. */
  readonly offsetMs: number | null;
  readonly lastReadingAt: number;
  readonly credits: ReadonlyMap<string, number>;
}

export const noTotals: Totals = { requests: 0, failed: 0, lost: 0, servers: new Map() };

export const nothingProbed: ProbeSeries = {
  samples: [],
  totals: noTotals,
  failures: new Map(),
  ways: [],
  p50Before: null,
  firstAtMs: null,
  offsetMs: null,
  lastReadingAt: Number.NEGATIVE_INFINITY,
  credits: new Map(),
};

/** The series with one more reading. One that is told again (a tab joined) changes nothing. */
export function withReading(series: ProbeSeries, reading: ProbeReading, receivedMs: number): ProbeSeries {
  const readAt = Date.parse(reading.at);
  if (Number.isNaN(readAt) || readAt <= series.lastReadingAt) return series;
  const offsetMs = Math.min(series.offsetMs ?? Number.POSITIVE_INFINITY, receivedMs - readAt);
  const atMs = readAt + offsetMs;
  const sinceLast = readAt - series.lastReadingAt;
  const { picks, credits, complete } = pickAnswers(reading, series.credits);
  const totals = added(series.totals, reading);
  const sample: Sample = {
    atMs,
    spanMs: sinceLast > GAP_MS ? INTERVAL_MS : Math.max(50, sinceLast),
    requests: reading.requests,
    failed: reading.failed,
    p50: reading.latencyMs?.p50 ?? null,
    open: reading.longLived.open,
    picks,
    complete,
    totals,
  };
  return {
    ...series,
    samples: [...series.samples.filter((one) => one.atMs > atMs - KEPT_MS), sample],
    totals,
    failures: counted(series.failures, reading.failures),
    firstAtMs: series.firstAtMs ?? atMs - sample.spanMs,
    offsetMs,
    lastReadingAt: readAt,
    credits,
  };
}

/** The series with what is known of the way new connections take. The figures of the way before are kept. */
export function withWayOf(series: ProbeSeries, change: WayChange): ProbeSeries {
  const ways = withWay(series.ways, change);
  if (ways === series.ways) return series;
  const turned = ways.length > 1 && ways.at(-1) !== series.ways.at(-1);
  const before = series.samples.filter(({ atMs }) => atMs <= change.atMs);
  return { ...series, ways, p50Before: turned ? (medianP50(before) ?? series.p50Before) : series.p50Before };
}

/** Of the last two seconds, all by the way of now. */
export function p50Now({ samples, ways }: Pick<ProbeSeries, 'samples' | 'ways'>): number | null {
  const turnedAt = ways.length > 1 ? (ways.at(-1)?.atMs ?? 0) : Number.NEGATIVE_INFINITY;
  return medianP50(samples.filter(({ atMs, spanMs }) => atMs - spanMs >= turnedAt).slice(-8));
}

export function medianP50(samples: readonly Pick<Sample, 'p50'>[]): number | null {
  const values = samples.flatMap(({ p50 }) => (p50 === null ? [] : [p50])).toSorted((a, b) => a - b);
  return values[Math.floor((values.length - 1) / 2)] ?? null;
}

/** What had happened by then; nothing when that is before the first reading that is kept. */
export function totalsAt({ samples }: Pick<ProbeSeries, 'samples'>, atMs: number): Totals {
  return samples.findLast((sample) => sample.atMs <= atMs)?.totals ?? noTotals;
}

export const since = (now: Totals, then: Totals): Totals => ({
  requests: now.requests - then.requests,
  failed: now.failed - then.failed,
  lost: now.lost - then.lost,
  servers: new Map(
    [...now.servers]
      .map(([by, count]) => [by, count - (then.servers.get(by) ?? 0)] as const)
      .filter(([, count]) => count > 0),
  ),
});

const added = (totals: Totals, { requests, failed, answers, longLived }: ProbeReading): Totals => ({
  requests: totals.requests + requests,
  failed: totals.failed + failed,
  lost: totals.lost + longLived.lost,
  servers: counted(
    totals.servers,
    answers.map(({ by, count }) => ({ reason: by, count })),
  ),
});

function counted(
  counts: ReadonlyMap<string, number>,
  more: readonly { readonly reason: string; readonly count: number }[],
): ReadonlyMap<string, number> {
  if (more.length === 0) return counts;
  const next = new Map(counts);
  for (const { reason, count } of more) {
    const key = next.has(reason) || next.size < SERVERS ? reason : OTHERS;
    next.set(key, (next.get(key) ?? 0) + count);
  }
  return next;
}
