import { expect, test } from 'vitest';
import { pickAnswers } from './answer-picks.ts';
import { STRIP_CELLS, stripOf } from './strip.ts';
import { withWay } from './ways.ts';

const answers = (rs1: number, rs2: number) => [
  { by: 'rs1', count: rs1 },
  { by: 'rs2', count: rs2 },
];

test('few answers are all shown, many as a sample with the same shares', () => {
  expect(pickAnswers({ answers: answers(1, 1), failed: 0 }, new Map())).toMatchObject({
    picks: ['rs1', 'rs2'],
    complete: true,
  });
  let credits: ReadonlyMap<string, number> = new Map();
  const picks: (string | null)[] = [];
  for (let i = 0; i < 40; i++) {
    const picked = pickAnswers({ answers: answers(30, 10), failed: 0 }, credits);
    expect(picked.complete).toBe(false);
    picks.push(...picked.picks);
    credits = picked.credits;
  }
  expect(picks.filter((by) => by === 'rs1')).toHaveLength(60);
});

test('a failure is always shown', () => {
  expect(pickAnswers({ answers: [], failed: 3 }, new Map()).picks).toEqual([null]);
  expect(pickAnswers({ answers: answers(50, 50), failed: 1 }, new Map()).picks[0]).toBeNull();
});

test('cells have the colour of their moment, and the newest are at the end', () => {
  const ways = withWay(withWay([], { method: 'masq', atMs: 0 }), { method: 'gate', atMs: 1125 });
  const samples = [1000, 1250, 1500].map((atMs) => ({
    atMs,
    spanMs: 250,
    picks: ['rs1', 'rs2'],
    complete: true,
  }));
  const { cells } = stripOf(samples, ways);

  expect(cells.map(({ method }) => method)).toEqual(['masq', 'masq', 'masq', 'gate', 'gate', 'gate']);
  expect(cells.at(-1)?.key).toBe('1500 1');
});

test('a full strip forgets the oldest', () => {
  const samples = Array.from({ length: 100 }, (_, i) => ({
    atMs: i * 250,
    spanMs: 250,
    picks: ['rs1', null],
    complete: i > 10,
  }));
  const strip = stripOf(samples, []);

  expect(strip.cells).toHaveLength(STRIP_CELLS);
  expect(strip.complete).toBe(true);
  expect(strip.cells.at(-1)).toMatchObject({ by: null, method: null });
});
