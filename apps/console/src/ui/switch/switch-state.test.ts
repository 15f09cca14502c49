import { expect, test } from 'vitest';
import type { SwitchView } from '../../api/switch-contract.ts';
import { controlsOf, drainProgress, retiredWay, waysOf } from './switch-state.ts';

type State = Pick<SwitchView, 'state' | 'step' | 'services' | 'to' | 'flippedAt'>;

const service = (from: 'masq' | 'gate' | 'ipip') => ({ serviceId: from, name: from, from });
const at = (
  state: SwitchView['state'],
  step: SwitchView['step'],
  flippedAt: string | null = null,
): State => ({
  state,
  step,
  services: [service('masq')],
  to: 'gate',
  flippedAt,
});
const FLIP = '2030-01-01T00:00:00.000Z';
const labels = (state: State) => controlsOf(state).map(({ label }) => label);

test('before the flip it can be stopped', () => {
  expect(labels(at('walking', 'from'))).toEqual(['abort']);
  expect(labels(at('walking', 'prepared'))).toEqual(['abort']);
  expect(controlsOf(at('walking', 'prepared'))[0]).toMatchObject({ command: 'goBack', way: 'masq' });
});

test('while old connections finish one may go back, keep both, or cut, which is asked again', () => {
  const controls = controlsOf(at('draining', 'flipped', FLIP));

  expect(controls.map(({ label }) => label)).toEqual(['cutNow', 'keepBoth', 'goBack']);
  expect(controls.filter(({ cuts }) => cuts).map(({ way }) => way)).toEqual(['masq']);
});

test('on the way back it is the new way whose connections finish', () => {
  const back = at('draining', 'prepared', FLIP);

  expect(labels(back)).toEqual(['cutNow', 'keepBoth', 'goOn']);
  expect(controlsOf(back)[0]?.way).toBe('gate');
  expect(retiredWay(back)).toBe('gate');
  expect(retiredWay(at('draining', 'flipped', FLIP))).toBe('masq');
});

test('with both ways kept one may go either way, or let the other finish', () => {
  expect(labels(at('warm', 'flipped', FLIP))).toEqual(['drainNow', 'goBack']);
  expect(labels(at('warm', 'prepared', FLIP))).toEqual(['drainNow', 'goOn']);
  expect(labels(at('warm', 'prepared'))).toEqual(['abort', 'goOn']);
});

test('a held switch can be tried at once or taken back; one that goes by itself is left alone', () => {
  expect(labels(at('held', 'from'))).toEqual(['tryNow']);
  expect(labels(at('held', 'flipped', FLIP))).toEqual(['goBack', 'tryNow']);
  for (const state of ['retiring', 'goingBack', 'done', 'wentBack'] as const)
    expect(labels(at(state, 'flipped', FLIP))).toEqual([]);
});

test('new connections go the way of the step that was reached', () => {
  expect(waysOf(at('walking', 'prepared'))).toEqual({ current: 'masq', other: 'gate' });
  expect(waysOf(at('draining', 'flipped', FLIP))).toEqual({ current: 'gate', other: 'masq' });
  expect(waysOf(at('done', 'done', FLIP))).toEqual({ current: 'gate', other: 'masq' });
});

test('drained is a part of what there was, and unknown while a server cannot be asked', () => {
  expect(drainProgress({ atFirst: 200, left: 50 })).toEqual({ first: 200, left: 50, part: 0.75 });
  expect(drainProgress({ atFirst: 0, left: 0 }).part).toBe(1);
  // Connections that were still being made when it was first counted.
  expect(drainProgress({ atFirst: 10, left: 12 })).toEqual({ first: 12, left: 12, part: 0 });
  expect(drainProgress({ atFirst: 200, left: null }).part).toBeNull();
});
