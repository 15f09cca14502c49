import type { Node, Topology } from '@signalbox/cluster';
import { expect, test } from 'vitest';
import { twoArms } from '../../server/testing/two-arms.ts';
import { type Box, CARD, FULL_CARDS, layoutOf } from './layout.ts';

const drawing = twoArms({});

function withServers(count: number): Topology {
  const [like] = drawing.nodes.filter(({ kind }) => kind === 'realServer');
  if (!like) throw new Error('two arms have real servers');
  const servers = Array.from({ length: count }, (_, i): Node => ({ ...like, id: `rs${i}`, name: `rs${i}` }));
  return { ...drawing, nodes: [...drawing.nodes.filter(({ kind }) => kind !== 'realServer'), ...servers] };
}

const overlap = (a: Box, b: Box) =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
const contains = (outer: Box, inner: Box) =>
  inner.x >= outer.x &&
  inner.y >= outer.y &&
  inner.x + inner.width <= outer.x + outer.width &&
  inner.y + inner.height <= outer.y + outer.height;

test('columns stand from left to right as packets travel; kinds that are not there take no room', () => {
  const { columns } = layoutOf(drawing);
  const lefts = columns.map(({ x }) => x);

  expect(columns.map(({ kind }) => kind)).toEqual(['client', 'director', 'realServer']);
  expect(lefts).toEqual(lefts.toSorted((a, b) => a - b));
});

test.each([1, 2, FULL_CARDS, FULL_CARDS + 1, 12, 40, 200])('no two of %i real servers overlap', (count) => {
  const boxes = [...layoutOf(withServers(count)).boxes.values()];

  for (const [i, a] of boxes.entries()) for (const b of boxes.slice(i + 1)) expect(overlap(a, b)).toBe(false);
});

test('few real servers have full cards, many stand in one frame about as high as it is wide', () => {
  expect(layoutOf(withServers(FULL_CARDS)).group).toBeNull();
  const { group, boxes } = layoutOf(withServers(40));
  if (!group) throw new Error('forty servers have a frame');
  const inside = [...boxes].filter(([id]) => id.startsWith('rs')).map(([, box]) => box);

  expect(inside).toHaveLength(40);
  expect(inside.every((box) => contains(group, box) && box.width < CARD.width)).toBe(true);
  expect(group.height / group.width).toBeGreaterThan(0.6);
  expect(group.height / group.width).toBeLessThan(1.6);
});

test('a node that was dragged stays where it was put', () => {
  const nodes = drawing.nodes.map((node) =>
    node.id === 'rs1' ? { ...node, position: { x: 7, y: 8 } } : node,
  );

  expect(layoutOf({ ...drawing, nodes }).boxes.get('rs1')).toMatchObject({ x: 7, y: 8 });
});

test('an empty drawing has an empty layout', () => {
  expect(layoutOf({ ...drawing, nodes: [] })).toEqual({ boxes: new Map(), columns: [], group: null });
});
