import { expect, test } from 'vitest';
import { withMethod } from '@signalbox/cluster';
import { twoArms } from '../testing/two-arms.ts';
import { KeptProof } from './kept-proof.ts';

const topology = twoArms({});
const failed = { code: 'x', severity: 'error', path: [], values: {}, message: 'no' } as const;

function proof() {
  let milliseconds = 0;
  const kept = new KeptProof(() => new Date(milliseconds));
  return { kept, after: (ms: number) => void (milliseconds += ms) };
}

test('a proof holds for a minute', () => {
  const { kept, after } = proof();
  expect(kept.holdsFor(topology)).toBe(0);
  kept.made(topology, []);
  after(59_000);
  expect(kept.holdsFor(topology)).toBe(1000);
  after(2000);
  expect(kept.holdsFor(topology)).toBe(0);
});

test('one that failed does not, not even the one before it', () => {
  const { kept } = proof();
  kept.made(topology, []);
  kept.made(topology, [{ ...failed, severity: 'warning' }]);
  expect(kept.holdsFor(topology)).toBeGreaterThan(0);
  kept.made(topology, [failed]);
  expect(kept.holdsFor(topology)).toBe(0);
});

test('the flip itself does not end it; a changed drawing does', () => {
  const { kept } = proof();
  kept.made(topology, []);
  expect(kept.holdsFor(withMethod(topology, { services: ['web'], to: 'gate' }))).toBeGreaterThan(0);
  const [web] = topology.services;
  if (!web) throw new Error('there is a service');
  const fewer = { ...topology, services: [{ ...web, destinations: web.destinations.slice(1) }] };
  expect(kept.holdsFor(fewer)).toBe(0);
});
