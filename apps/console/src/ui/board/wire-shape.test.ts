import { expect, test } from 'vitest';
import { dotSeconds, dotsOn, replyShape, requestShape, wireWidth } from './wire-shape.ts';

const left = { x: 0, y: 0, width: 100, height: 80 };
const right = { x: 300, y: 0, width: 100, height: 100 };
const ends = (path: string) => path.replace('M', '').split(/[C ]/).map(Number);

test('a request leaves to the right and ends in front of the card', () => {
  const points = ends(requestShape(left, right).path);

  expect(points[0]).toBe(100);
  expect(points.at(-2)).toBeLessThan(300);
  expect(points.at(-2)).toBeGreaterThan(290);
});

test('a reply comes back under the request, or goes around what stands between', () => {
  const back = ends(replyShape(right, left, 'back').path);
  const over = replyShape(right, left, 'around');

  expect(back.at(-1)).toBeGreaterThan(ends(requestShape(left, right).path)[1] ?? 0);
  expect(over.length).toBeGreaterThan(replyShape(right, left, 'back').length);
});

test('a reply from among other cards leaves to the side and passes under what stands between', () => {
  const points = ends(replyShape(right, left, 'under').path);

  expect(points[0]).toBe(right.x);
  expect(Math.min(points[3] ?? 0, points[5] ?? 0)).toBeGreaterThan(right.y + right.height);
});

test('a label stands clear of its line and of cards, or nowhere', () => {
  const low = { ...right, y: 160 };
  const between = { x: 200, half: 30 };
  const { label } = requestShape(left, low);
  const near = requestShape(left, { ...right, x: 130 });

  expect(label?.x).toBeCloseTo(between.x, -1);
  // The line is nowhere higher than this under the label.
  expect(label?.y).toBeLessThan((31 + 201) / 2 - 2 * (170 / 197) * between.half);
  expect(near.label).toBeNull();
});

test('cards of different heights that stand on one line have a straight wire', () => {
  const tall = { ...right, y: -10 };
  const points = ends(requestShape(left, tall).path);

  expect(points[1]).toBe(points.at(-1));
});

test('width and dots follow the traffic within bounds', () => {
  expect(wireWidth(0, 100)).toBe(1.5);
  expect(wireWidth(100, 100)).toBe(5);
  expect(wireWidth(1000, 100)).toBe(5);
  expect(dotsOn(0, 100)).toBe(0);
  expect(dotsOn(1, 1_000_000)).toBe(1);
  expect(dotsOn(1_000_000, 1_000_000)).toBe(3);
});

test('dots have a bounded speed, whatever the traffic', () => {
  expect(dotSeconds(10)).toBe(1.1);
  expect(950 / dotSeconds(950)).toBeLessThanOrEqual(100);
});
