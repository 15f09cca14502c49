import { expect, test } from 'vitest';
import { applyProblems } from './apply-problems.ts';
import { withMethod } from './switch-steps.ts';
import { twoArms } from './testing/drawings.ts';

const applied = twoArms();
const [web] = applied.services;
if (!web) throw new Error('there is a service');

test('a method changed in the drawing is warned about, with the service and both ways', () => {
  const drawn = withMethod(applied, { services: [web.id], to: 'gate' });
  expect(applyProblems(applied, drawn)).toMatchObject([
    {
      code: 'methodChangedByApply',
      severity: 'warning',
      path: ['services', web.id, 'method'],
      values: { from: 'NAT', to: 'DR' },
    },
  ]);
});

test('one destination that goes another way is enough', () => {
  const [first, ...others] = web.destinations;
  if (!first) throw new Error('there is a destination');
  const mixed = { ...web, destinations: [{ ...first, method: 'gate' as const }, ...others] };
  const found = applyProblems(applied, { ...applied, services: [mixed] });
  expect(found.map(({ values }) => values['to'])).toEqual(['NAT and DR']);
});

test('new services and new destinations move nobody’s connections', () => {
  const gate = { ...web, method: 'gate' as const };
  expect(applyProblems({ ...applied, services: [] }, { ...applied, services: [gate] })).toEqual([]);
  expect(
    applyProblems({ ...applied, services: [{ ...web, destinations: [] }] }, { ...applied, services: [gate] }),
  ).toEqual([]);
  expect(applyProblems(applied, applied)).toEqual([]);
});
