// Two minutes of a probe's readings, and what they add up to since it began. Pure: times are the browser's clock.
import type { ProbeReading } from '@signalbox/agent-api';
import { added, noTotals, type Totals } from '../../api/probe-totals.ts';
import type { ProbeTold } from '../../api/switch-contract.ts';
import { pickAnswers } from './answer-picks.ts';
import { type Flip, type WayChange, withFlip, withWay } from './ways.ts';

/** Readings older than this are forgotten; totals are not. */
export const KEPT_MS = 120_000;
/** What a reading stands for when there is none before it. */
export const INTERVAL_MS = 250;
/** After a longer pause nothing was sent meanwhile: the load had stopped. */
export const GAP_MS = 1200;
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
  /** When the load began: earlier than its first reading here, where a page came back to it. */
  readonly beganAtMs: number | null;
  /** What had been counted before the first reading here. */
  readonly before: Totals;
  /** Our clock minus the client node's, by the quickest reading. */
  readonly offsetMs: number | null;
  readonly lastReadingAt: number;
  readonly credits: ReadonlyMap<string, number>;
}

export const nothingProbed: ProbeSeries = {
  samples: [],
  totals: noTotals,
  failures: new Map(),
  ways: [],
  p50Before: null,
  firstAtMs: null,
  beganAtMs: null,
  before: noTotals,
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
  const { totals, failures } = added(series, reading);
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
    failures,
    firstAtMs: series.firstAtMs ?? atMs - sample.spanMs,
    offsetMs,
    lastReadingAt: readAt,
    credits,
  };
}

/** The series with what the console kept of the load: all of it for a page that comes, else what this one has missed. */
export function withPast(
  series: ProbeSeries,
  { agoMs, before, readings }: Extract<ProbeTold, { kind: 'past' }>,
  nowMs: number,
): ProbeSeries {
  const known = series.beganAtMs !== null || series.firstAtMs !== null;
  const servers = new Map(before.servers);
  const { requests, failed, lost } = before;
  const totals: Totals = { requests, failed, lost, servers };
  const begun: ProbeSeries = known
    ? series
    : { ...series, totals, before: totals, failures: new Map(before.failures), beganAtMs: nowMs - agoMs };
  return withP50Before(
    readings.reduce((next, one) => withReading(next, one.reading, nowMs - one.agoMs), begun),
  );
}

/** The way may have been known before the readings that went it. */
function withP50Before(series: ProbeSeries): ProbeSeries {
  const { ways, samples, p50Before } = series;
  const turn = ways.length > 1 ? ways.at(-1) : undefined;
  if (turn === undefined || p50Before !== null) return series;
  return { ...series, p50Before: p50Until(samples, turn.atMs) };
}

/** The series with what is known of the way new connections take. The figures of the way before are kept. */
export const withWayOf = (series: ProbeSeries, change: WayChange): ProbeSeries =>
  withWays(series, withWay(series.ways, change), change.atMs);

export const withFlipOf = (series: ProbeSeries, flip: Flip): ProbeSeries =>
  withWays(series, withFlip(series.ways, flip), flip.atMs);

function withWays(series: ProbeSeries, ways: readonly WayChange[], changedAtMs: number): ProbeSeries {
  if (ways === series.ways) return series;
  const turned = ways.length > 1 && ways.at(-1) !== series.ways.at(-1);
  const { samples, p50Before } = series;
  return { ...series, ways, p50Before: turned ? (p50Until(samples, changedAtMs) ?? p50Before) : p50Before };
}

const p50Until = (samples: ProbeSeries['samples'], untilMs: number): number | null =>
  medianP50(samples.filter(({ atMs }) => atMs <= untilMs));

/** Of the last two seconds, all by the way of now. */
export function p50Now({ samples, ways }: Pick<ProbeSeries, 'samples' | 'ways'>): number | null {
  const turnedAt = ways.length > 1 ? (ways.at(-1)?.atMs ?? 0) : Number.NEGATIVE_INFINITY;
  return medianP50(samples.filter(({ atMs, spanMs }) => atMs - spanMs >= turnedAt).slice(-8));
}

export function medianP50(samples: readonly Pick<Sample, 'p50'>[]): number | null {
  const values = samples.flatMap(({ p50 }) => (p50 === null ? [] : [p50])).toSorted((a, b) => a - b);
  return values[Math.floor((values.length - 1) / 2)] ?? null;
}

/** What had happened by then; before the first reading that is kept, what had happened before this page began to count. */
export function totalsAt({ samples, before }: Pick<ProbeSeries, 'samples' | 'before'>, atMs: number): Totals {
  return samples.findLast((sample) => sample.atMs <= atMs)?.totals ?? before;
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
