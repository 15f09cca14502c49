import type { SwitchStepName } from '@signalbox/cluster';
import { expect, test } from 'vitest';
import { rolloutWhat } from './rollout-what.ts';

const kind = (from: SwitchStepName, to: SwitchStepName) =>
  rolloutWhat({
    switchId: 'lever',
    step: { from, to, ways: { from: 'masq', to: 'gate' }, byItself: false },
  }).kind;

test('what is no part of a switch is an apply', () => {
  expect(rolloutWhat({ switchId: null, step: null })).toEqual({ kind: 'apply' });
});

test('there and back, each step is told apart', () => {
  expect(kind('from', 'prepared')).toBe('prepare');
  expect(kind('prepared', 'flipped')).toBe('flip');
  expect(kind('flipped', 'done')).toBe('retire');
  expect(kind('flipped', 'prepared')).toBe('undoFlip');
  expect(kind('prepared', 'from')).toBe('undoPrepare');
});

test('a step of a time when it was not kept which is a step all the same', () => {
  expect(rolloutWhat({ switchId: 'lever', step: null })).toEqual({ kind: 'step', switchId: 'lever' });
});
