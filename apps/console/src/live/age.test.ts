import { expect, test } from 'vitest';
import { answering, lost, START_MS } from '../ui/testing/readings.ts';
import { freshnessOf } from './age.ts';

test('a reading of the last three seconds is fresh', () => {
  expect(freshnessOf(answering('rs1', 0), START_MS + 2500)).toEqual({ kind: 'fresh', ageMs: 2500 });
});

test('an older one is stale, though the agent has not been given up', () => {
  expect(freshnessOf(answering('rs1', 0), START_MS + 3001)).toEqual({ kind: 'stale', ageMs: 3001 });
});

test('the last reading of a lost agent is stale at once', () => {
  const host = lost('rs1', 1, answering('rs1', 0));

  expect(freshnessOf(host, START_MS + 1000)).toEqual({ kind: 'stale', ageMs: 1000 });
});

test('a host that was never read has no age', () => {
  expect(freshnessOf(lost('rs1', 1, null), START_MS)).toEqual({ kind: 'never' });
});

test('a clock that was set back makes no negative age', () => {
  expect(freshnessOf(answering('rs1', 10), START_MS)).toEqual({ kind: 'fresh', ageMs: 0 });
});
