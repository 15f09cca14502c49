import { expect, test } from 'vitest';
import { busiest, drawnOf, niceTop, scaleOf, spanOf, timeTicks, waySeries } from './chart-math.ts';
import { withWay } from './ways.ts';

const frame = { width: 140, height: 120, left: 20, top: 10, right: 20, bottom: 10 };
const flipped = withWay(withWay([], { method: 'masq', atMs: 0 }), { method: 'gate', atMs: 2000 });
const samples = Array.from({ length: 16 }, (_, i) => ({
  atMs: 250 * (i + 1),
  spanMs: 250,
  requests: 50,
  failed: 0,
}));

test('the time that is shown grows, and moves on once two minutes are full', () => {
  expect(spanOf(0, 4000)).toEqual({ fromMs: 0, toMs: 15_000 });
  expect(spanOf(0, 14_000)).toEqual({ fromMs: 0, toMs: 30_000 });
  expect(spanOf(0, 300_000)).toEqual({ fromMs: 180_000, toMs: 300_000 });
});

test('the scale ends at a round number', () => {
  expect([7, 11, 180, 201, 450, 1000].map(niceTop)).toEqual([10, 20, 200, 400, 500, 1000]);
});

test('times are written at whole steps, and never many', () => {
  expect(timeTicks({ fromMs: 1500, toMs: 16_500 })).toEqual([5000, 10_000, 15_000]);
  expect(timeTicks({ fromMs: 0, toMs: 120_000 }).length).toBeLessThanOrEqual(7);
});

test('each way has its answers per second, and none where it had none', () => {
  const [nat, dr] = waySeries(samples, flipped);

  expect(nat?.method).toBe('masq');
  expect(nat?.points[0]).toEqual({ atMs: 250, value: 200 });
  expect(nat?.points.at(-1)?.atMs).toBeLessThanOrEqual(2500);
  expect(dr?.points.at(-1)).toEqual({ atMs: 4000, value: 200 });
  expect(dr?.points[0]?.atMs).toBeGreaterThanOrEqual(1750);
  expect(busiest([nat, dr].filter((one) => one !== undefined))).toBe(200);
});

test('a way that comes again is drawn anew, not along the bottom', () => {
  const back = withWay(flipped, { method: 'masq', atMs: 6000 });
  const counted = Array.from({ length: 40 }, (_, i) => ({
    atMs: 250 * (i + 1),
    spanMs: 250,
    requests: 50,
    failed: 0,
  }));

  expect(waySeries(counted, back).map(({ method }) => method)).toEqual(['masq', 'gate', 'masq']);
});

test('nothing is drawn over a pause of the load', () => {
  const paused = [250, 500, 750, 5000, 5250, 5500].map((atMs) => ({
    atMs,
    spanMs: 250,
    requests: 50,
    failed: 0,
  }));
  const runs = waySeries(paused, withWay([], { method: 'masq', atMs: 0 }));

  expect(runs.map(({ points }) => points.map(({ atMs }) => atMs))).toEqual([
    [250, 500, 750],
    [5000, 5250, 5500],
  ]);
});

test('failed requests are no answers', () => {
  const failing = samples.map((sample) => ({ ...sample, failed: 50 }));

  expect(waySeries(failing, flipped)).toEqual([]);
});

test('the area stands on the zero line inside the frame', () => {
  const scale = scaleOf(frame, { fromMs: 0, toMs: 1000 }, 100);
  const points = [
    { atMs: 0, value: 0 },
    { atMs: 1000, value: 100 },
  ];

  expect(drawnOf(points, scale)).toEqual({
    line: 'M20.0 110.0L120.0 10.0',
    area: 'M20.0 110.0L120.0 10.0L120.0 110.0L20.0 110.0Z',
  });
  expect(drawnOf([], scale)).toEqual({ line: '', area: '' });
});
