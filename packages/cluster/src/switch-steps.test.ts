import { describe, expect, test } from 'vitest';
import { desiredFor } from './desired.ts';
import { SWITCH_STEPS, type SwitchStep, switchSteps } from './switch-steps.ts';
import { oneArm, twoArms, withDestination, withWeb } from './testing/drawings.ts';
import type { Topology } from './topology.ts';

const toDr = { services: ['web'], to: 'gate' } as const;
const toNat = { services: ['web'], to: 'masq' } as const;

const statesOf = (steps: readonly SwitchStep[]) =>
  steps.map(({ topology, prepared }) => topology.nodes.map(({ id }) => desiredFor(topology, id, prepared)));

const methods = (topology: Topology) =>
  topology.services.flatMap((service) =>
    service.destinations.map((destination) => destination.method ?? service.method),
  );

describe('the steps of a switch', () => {
  test('are four: as it is, ready for both by either way, and the other alone', () => {
    const steps = switchSteps(oneArm(), toDr);
    expect(steps.map(({ name }) => name)).toEqual(SWITCH_STEPS);
    expect(steps.map(({ topology, prepared }) => [methods(topology)[0], prepared])).toEqual([
      ['masq', []],
      ['masq', [{ serviceId: 'web', method: 'gate' }]],
      ['gate', [{ serviceId: 'web', method: 'masq' }]],
      ['gate', []],
    ]);
  });

  test('back are the same in reverse', () => {
    for (const topology of [oneArm(), twoArms()]) {
      const there = switchSteps(topology, toDr);
      const back = switchSteps(withWeb(topology, { method: 'gate' }), toNat);
      expect(statesOf(back)).toEqual(statesOf(there).toReversed());
    }
  });

  test('of a service that goes that way already are all as it is', () => {
    for (const topology of [oneArm(), withDestination(oneArm(), 'rs1', { method: 'masq' })]) {
      for (const step of switchSteps(topology, toNat)) expect(step).toMatchObject({ topology, prepared: [] });
    }
  });

  test('leave services that were not ordered alone', () => {
    const steps = switchSteps(oneArm(), { services: ['other'], to: 'gate' });
    for (const { topology } of steps) expect(topology).toEqual(oneArm());
  });

  test('take destinations with a method of their own along, and prepare for every method that was in use', () => {
    const mixed = withDestination(oneArm(), 'rs1', { method: 'gate' });
    const [from, prepared, flipped, done] = switchSteps(mixed, toDr);
    expect(methods(from?.topology ?? mixed)).toEqual(['gate', 'masq']);
    expect(prepared?.prepared).toEqual([{ serviceId: 'web', method: 'gate' }]);
    expect(methods(flipped?.topology ?? mixed)).toEqual(['gate', 'gate']);
    expect(flipped?.prepared).toEqual([{ serviceId: 'web', method: 'masq' }]);
    expect(methods(done?.topology ?? mixed)).toEqual(['gate', 'gate']);

    // The service itself is there already; one destination is not.
    const astray = withDestination(withWeb(oneArm(), { method: 'gate' }), 'rs1', { method: 'masq' });
    const steps = switchSteps(astray, toDr);
    expect(steps.map(({ topology }) => methods(topology)[0])).toEqual(['masq', 'masq', 'gate', 'gate']);
    expect(steps.map((step) => step.prepared)).toEqual([
      [],
      [{ serviceId: 'web', method: 'gate' }],
      [{ serviceId: 'web', method: 'masq' }],
      [],
    ]);
  });
});
