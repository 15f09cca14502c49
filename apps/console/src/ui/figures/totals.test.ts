import { expect, test } from 'vitest';
import { twoArms } from '../../server/testing/two-arms.ts';
import { answering, destinationRead, heard, lost, webRead } from '../testing/readings.ts';
import { clusterTraffic, directorTraffic, realServerFigures } from './totals.ts';

const drawing = twoArms({ director: 7420 }, 6);
const web = webRead([destinationRead('192.168.137.131', 30, 6), destinationRead('192.168.137.130', 10)]);
const hosts = heard(answering('director', 0, { services: [web] }));

test('a director is the sum of its services', () => {
  expect(directorTraffic(drawing, hosts, 'director')).toEqual({
    active: 40,
    newPerSecond: 40,
    inBytes: 40_000,
    outBytes: 320_000,
  });
});

test('services that are not drawn are not counted: they are not ours', () => {
  const foreign = webRead([destinationRead('10.0.0.1', 99)], 53);
  const more = heard(answering('director', 0, { services: [web, foreign] }));

  expect(clusterTraffic(drawing, more)?.active).toBe(40);
});

test('the last figures of a lost director stay; one that was never read has none', () => {
  const before = answering('director', 0, { services: [web] });

  expect(clusterTraffic(drawing, heard(lost('director', 1, before)))?.active).toBe(40);
  expect(clusterTraffic(drawing, heard(lost('director', 1, null)))).toBeNull();
});

test('a real server has its share of its services, and its weight in the drawing and in the kernel', () => {
  const figures = realServerFigures(drawing, hosts, 'rs1');

  expect(figures.traffic?.active).toBe(30);
  expect(figures.activeOfAll).toBe(40);
  expect(figures.weights).toEqual([{ drawn: 6, inKernel: 6 }]);
  expect(figures.directorIds).toEqual(['director']);
});

test('a destination that is not applied yet has no figures', () => {
  const without = heard(answering('director', 0, { services: [webRead([])] }));

  expect(realServerFigures(drawing, without, 'rs1')).toMatchObject({
    traffic: null,
    weights: [{ drawn: 6, inKernel: null }],
  });
});
