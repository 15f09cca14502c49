import { expect, test } from 'vitest';
import { leverBlock, leverReading, type LeverSituation } from './lever-reading.ts';

const free: LeverSituation = { applied: true, changes: 0, mayEdit: true, rolloutId: null, switchId: null };

test('the lever reads one way, or how many of all go by the way that most go', () => {
  expect(leverReading([])).toEqual({ kind: 'none' });
  expect(leverReading([{ method: 'gate' }, { method: 'gate' }])).toEqual({
    kind: 'all',
    method: 'gate',
    count: 2,
  });
  expect(leverReading([{ method: 'masq' }, { method: 'gate' }, { method: 'gate' }])).toEqual({
    kind: 'mixed',
    method: 'gate',
    count: 2,
    of: 3,
  });
});

test('it can be thrown when what is drawn is applied and nothing else is under way', () => {
  expect(leverBlock(free)).toBeNull();
  expect(leverBlock({ ...free, changes: 1 })).toBe('changes');
  expect(leverBlock({ ...free, applied: false, changes: 3 })).toBe('neverApplied');
  expect(leverBlock({ ...free, rolloutId: 'r' })).toBe('rollout');
  expect(leverBlock({ ...free, mayEdit: false, changes: 1 })).toBe('viewer');
});

test('a switch under way is shown, to whoever looks', () => {
  expect(leverBlock({ ...free, mayEdit: false, rolloutId: 'r', switchId: 's' })).toBe('switching');
});
