import { expect, test } from 'vitest';
import { flipsOf, sharesOf, type WayChange, withFlip, withWay } from './ways.ts';

const nat = withWay([], { method: 'masq', atMs: 5000 });

test('the first way that is known was there all along', () => {
  expect(nat).toEqual([{ method: 'masq', atMs: Number.NEGATIVE_INFINITY }]);
  expect(flipsOf(nat)).toEqual([]);
});

test('the same word again is nothing new', () => {
  expect(withWay(nat, { method: 'masq', atMs: 9000 })).toBe(nat);
});

test('of two that tell of one flip the earlier is right, in whichever order they come', () => {
  const byReading = withWay(nat, { method: 'gate', atMs: 10_800 });
  const bySwitch = withWay(byReading, { method: 'gate', atMs: 10_100 });
  const again = withWay(bySwitch, { method: 'gate', atMs: 10_900 });

  expect(flipsOf(bySwitch)).toEqual([{ method: 'gate', atMs: 10_100 }]);
  expect(again).toBe(bySwitch);
});

test('a way back is a flip of its own; old news of the one before is not', () => {
  const there = withWay(nat, { method: 'gate', atMs: 10_000 });
  const back = withWay(there, { method: 'masq', atMs: 12_000 });

  expect(flipsOf(back).map(({ method }) => method)).toEqual(['gate', 'masq']);
  expect(withWay(back, { method: 'gate', atMs: 9000 })).toBe(back);
});

test('a stretch of time that a flip falls into is shared', () => {
  const changes: readonly WayChange[] = withWay(nat, { method: 'gate', atMs: 10_100 });

  expect(sharesOf(changes, { atMs: 10_000, spanMs: 250 })).toEqual([{ method: 'masq', part: 1 }]);
  expect(sharesOf(changes, { atMs: 10_200, spanMs: 400 })).toEqual([
    { method: 'masq', part: 0.75 },
    { method: 'gate', part: 0.25 },
  ]);
});

test('a page that comes after a flip shows what was answered before it as it came', () => {
  const now = withWay([], { method: 'gate', atMs: 20_000 });
  const told = withFlip(now, { from: 'masq', method: 'gate', atMs: 10_000 });

  expect(told).toEqual([
    { method: 'masq', atMs: Number.NEGATIVE_INFINITY },
    { method: 'gate', atMs: 10_000 },
  ]);
  expect(withFlip([], { from: 'masq', method: 'gate', atMs: 10_000 })).toEqual(told);
});

test('a flip that was seen here is told no other way; from where is not always known', () => {
  const seen = withWay(nat, { method: 'gate', atMs: 10_000 });

  expect(withFlip(seen, { from: 'masq', method: 'gate', atMs: 10_000 })).toBe(seen);
  expect(withFlip([], { from: null, method: 'gate', atMs: 10_000 })).toEqual([
    { method: 'gate', atMs: Number.NEGATIVE_INFINITY },
  ]);
});
