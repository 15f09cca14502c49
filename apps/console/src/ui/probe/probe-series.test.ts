import type { ProbeReading } from '@signalbox/agent-api';
import { expect, test } from 'vitest';
import { countsOf } from '../../api/probe-totals.ts';
import type { ProbeTold } from '../../api/switch-contract.ts';
import {
  KEPT_MS,
  nothingProbed,
  p50Now,
  type ProbeSeries,
  since,
  totalsAt,
  withFlipOf,
  withPast,
  withReading,
  withWayOf,
} from './probe-series.ts';

const START = Date.parse('2030-01-01T00:00:00.000Z');

const reading = (ms: number, parts: Partial<ProbeReading> = {}): ProbeReading => ({
  at: new Date(START + ms).toISOString(),
  requests: 50,
  failed: 0,
  answers: [
    { by: 'rs1', count: 25 },
    { by: 'rs2', count: 25 },
  ],
  failures: [],
  latencyMs: { p50: 8, p99: 12, max: 14 },
  longLived: { open: 8, lost: 0 },
  ...parts,
});

/** Readings four times a second from the first moment to the last. */
const readings = (
  series: ProbeSeries,
  [from, to]: readonly [number, number],
  parts?: Partial<ProbeReading>,
) => {
  let next = series;
  for (let ms = from; ms <= to; ms += 250) next = withReading(next, reading(ms, parts), START + ms);
  return next;
};

test('readings add up; one that is told twice counts once', () => {
  const once = withReading(nothingProbed, reading(0), START);
  const twice = withReading(once, reading(0), START + 10);

  expect(twice).toBe(once);
  expect(once.totals).toMatchObject({ requests: 50, failed: 0 });
  expect(once.totals.servers).toEqual(
    new Map([
      ['rs1', 25],
      ['rs2', 25],
    ]),
  );
});

test('two minutes of readings are kept, and everything stays in the totals', () => {
  const series = readings(nothingProbed, [0, 2 * KEPT_MS]);

  expect(series.samples.length).toBe(KEPT_MS / 250);
  expect(series.totals.requests).toBe(50 * (2 * (KEPT_MS / 250) + 1));
});

test('a client node whose clock is wrong, and readings that come late, do not move the time', () => {
  const hourAhead = 3_600_000;
  const one = withReading(nothingProbed, reading(hourAhead), START);
  const late = withReading(one, reading(hourAhead + 250), START + 900);

  expect(late.samples.map(({ atMs }) => atMs - START)).toEqual([0, 250]);
});

test('what failed is counted with its reason, and long connections that broke', () => {
  const series = readings(nothingProbed, [0, 250], {
    failed: 2,
    failures: [{ reason: 'ECONNREFUSED', count: 2 }],
    longLived: { open: 7, lost: 1 },
  });

  expect(series.totals).toMatchObject({ failed: 4, lost: 2 });
  expect(series.failures).toEqual(new Map([['ECONNREFUSED', 4]]));
});

test('a stretch is what happened after it began', () => {
  const series = readings(nothingProbed, [0, 1000]);
  const then = totalsAt(series, START + 500);

  expect(since(series.totals, then).requests).toBe(100);
  expect(since(series.totals, then).servers.get('rs1')).toBe(50);
  expect(totalsAt(series, START - 1).requests).toBe(0);
});

test('the latency of the way before is kept beside that of now', () => {
  const nat = withWayOf(readings(nothingProbed, [0, 1000]), { method: 'masq', atMs: START });
  const flipped = withWayOf(nat, { method: 'gate', atMs: START + 1100 });
  const after = readings(flipped, [1250, 3000], { latencyMs: { p50: 5, p99: 6, max: 7 } });

  expect(nat.p50Before).toBeNull();
  expect(after.p50Before).toBe(8);
  expect(p50Now(after)).toBe(5);
});

test('servers that cannot be told apart by number are not all remembered', () => {
  const answers = Array.from({ length: 200 }, (_, i) => ({ by: `request ${i}`, count: 1 }));

  expect(withReading(nothingProbed, reading(0, { answers }), START).totals.servers.size).toBeLessThan(70);
});

const past = (from: number, to: number, nowMs: number): Extract<ProbeTold, { kind: 'past' }> => ({
  kind: 'past',
  agoMs: 300_000,
  before: { requests: 1000, failed: 3, lost: 1, servers: [['rs1', 997]], failures: [['ETIMEDOUT', 3]] },
  readings: Array.from({ length: (to - from) / 250 + 1 }, (_, i) => {
    const ms = from + i * 250;
    return { agoMs: nowMs - ms, reading: reading(ms) };
  }),
});

test('a page that was loaded again counts on, and its chart has the readings of before', () => {
  const series = withPast(nothingProbed, past(0, 1000, 1100), START + 1100);
  const after = withReading(series, reading(1250), START + 1250);

  expect(after.totals).toMatchObject({ requests: 1300, failed: 3, lost: 1 });
  expect(after.totals.servers.get('rs1')).toBe(997 + 6 * 25);
  expect(after.failures.get('ETIMEDOUT')).toBe(3);
  expect(after.samples.map(({ atMs }) => atMs - START)).toEqual([0, 250, 500, 750, 1000, 1250]);
  expect(after.beganAtMs).toBe(START + 1100 - 300_000);
});

test('a page that was loaded again knows the figures of the way before, whichever it hears first', () => {
  const flip = { from: 'masq', method: 'gate', atMs: START + 600 } as const;
  const told = past(0, 1000, 1100);
  const flipFirst = withPast(withFlipOf(nothingProbed, flip), told, START + 1100);
  const readingsFirst = withFlipOf(withPast(nothingProbed, told, START + 1100), flip);

  expect(flipFirst.p50Before).not.toBeNull();
  expect(flipFirst.p50Before).toBe(readingsFirst.p50Before);
});

test('a stretch that began before the readings that are kept counts those only', () => {
  const series = withPast(nothingProbed, past(0, 1000, 1000), START + 1000);

  expect(since(series.totals, totalsAt(series, START - 60_000)).requests).toBe(250);
});

test('a page that was away for a moment is told what it missed, and counts nothing twice', () => {
  const seen = readings(withPast(nothingProbed, past(0, 0, 0), START), [250, 1000]);
  const back = withPast(seen, past(0, 2000, 2000), START + 2000);

  expect(back.totals.requests).toBe(1000 + 9 * 50);
  expect(back.samples).toHaveLength(9);
});

test('another tab that begins to watch has the same count', () => {
  const leader = readings(nothingProbed, [0, 1000], {
    failed: 1,
    failures: [{ reason: 'EPIPE', count: 1 }],
  });
  const told = { kind: 'past', agoMs: 1000, before: countsOf(leader), readings: [] } as const;
  const joined = withPast(nothingProbed, told, START + 1000);

  expect(joined.totals).toEqual(leader.totals);
  expect(joined.failures).toEqual(leader.failures);
});
