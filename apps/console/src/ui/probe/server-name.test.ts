import { expect, test } from 'vitest';
import { twoArms } from '../../server/testing/two-arms.ts';
import { serverNames } from './server-name.ts';

test('a server is known by its name or an address of it, in whatever it says', () => {
  const { nameOf, indexOf } = serverNames(twoArms({}), 'web');

  expect(nameOf('192.168.137.130')).toBe('rs2');
  expect(nameOf('rs1 192.168.137.131 answers')).toBe('rs1');
  expect([indexOf('192.168.137.131'), indexOf('rs2')]).toEqual([0, 1]);
});

test('one that says nothing of itself is shown as it answers, with a shade of its own', () => {
  const { nameOf, indexOf } = serverNames(twoArms({}), 'web');

  expect(nameOf('<!doctype html>')).toBe('<!doctype html>');
  expect(nameOf('192.168.137.13')).toBe('192.168.137.13');
  expect([indexOf('<!doctype html>'), indexOf('other'), indexOf('<!doctype html>')]).toEqual([2, 3, 2]);
});
