import { expect, test } from 'vitest';
import { waitsForProbeOnly } from './waits-for-probe.ts';

const FLIP = '2030-01-01T00:00:10.000Z';
const probe = { serviceId: 'web', open: 8, beganMs: Date.parse(FLIP) - 5000 };
const draining = (left: number | null) => ({
  state: 'draining' as const,
  step: 'flipped' as const,
  services: [{ serviceId: 'web', name: 'web', from: 'masq' as const }],
  flippedAt: FLIP,
  drain: { atFirst: 212, left, deadline: FLIP, overdue: false, forgottenAt: null, ways: [] },
});

test('when no more are left than the probe holds, it is the one that is waited for', () => {
  expect(waitsForProbeOnly(draining(8), probe)).toBe(true);
  expect(waitsForProbeOnly(draining(9), probe)).toBe(false);
  expect(waitsForProbeOnly(draining(0), probe)).toBe(false);
  expect(waitsForProbeOnly(draining(null), probe)).toBe(false);
});

test('connections by the new way, of another service, or while both ways are kept do not hold it up', () => {
  expect(waitsForProbeOnly(draining(8), { ...probe, beganMs: Date.parse(FLIP) + 1 })).toBe(false);
  expect(waitsForProbeOnly(draining(8), { ...probe, serviceId: 'api' })).toBe(false);
  expect(waitsForProbeOnly({ ...draining(8), state: 'warm' }, probe)).toBe(false);
});
