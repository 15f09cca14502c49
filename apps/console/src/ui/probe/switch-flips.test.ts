import { expect, test } from 'vitest';
import type { SwitchStage } from '../../api/switch-contract.ts';
import { flipsOfSwitch } from './switch-flips.ts';
import { withFlip, type WayChange } from './ways.ts';

const services = [{ serviceId: 'web', name: 'tcp 10.0.0.100:80', from: 'masq' as const }];
const at = (ms: number) => new Date(ms).toISOString();
const flip = (state: SwitchStage['state'], startedAt: number): SwitchStage => ({
  name: 'flip',
  state,
  startedAt: at(startedAt),
  milliseconds: 200,
  rolloutId: null,
  problems: [],
});
const flipped = {
  services,
  to: 'gate' as const,
  flippedAt: at(10_000),
  step: 'flipped' as const,
  stages: [flip('done', 9800)],
};
const undone = { ...flipped, step: 'from' as const, stages: [flip('undone', 40_000)] };

test('a switch tells when it flipped', () => {
  expect(flipsOfSwitch(flipped, 'web')).toEqual([{ from: 'masq', method: 'gate', atMs: 10_000 }]);
  expect(flipsOfSwitch({ ...flipped, flippedAt: null }, 'web')).toEqual([]);
  expect(flipsOfSwitch(flipped, 'dns')).toEqual([]);
});

test('one that was undone tells of both, so that a page that comes later shows the time between as it was', () => {
  const known: readonly WayChange[] = [{ method: 'masq', atMs: Number.NEGATIVE_INFINITY }];
  const ways = flipsOfSwitch(undone, 'web').reduce(withFlip, known);
  expect(ways).toEqual([
    { method: 'masq', atMs: Number.NEGATIVE_INFINITY },
    { method: 'gate', atMs: 10_000 },
    { method: 'masq', atMs: 40_200 },
  ]);
});

test('while it is on its way back nothing is told that is not known', () => {
  const goingBack = { ...flipped, step: 'flipped' as const, stages: [flip('running', 39_000)] };
  expect(flipsOfSwitch(goingBack, 'web')).toHaveLength(1);
  expect(flipsOfSwitch({ ...undone, stages: [flip('done', 9800)] }, 'web')).toEqual([]);
});
