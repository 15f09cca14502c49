import { expect, test } from 'vitest';
import { twoArms } from '../../server/testing/two-arms.ts';
import { newNode } from '../editor/new-things.ts';
import { firstTab } from './first-tab.ts';

const drawing = twoArms({});
const placed = newNode(drawing, 'realServer', (prefix) => `${prefix}-new`);

test('a node that was just placed opens where it can be filled in', () => {
  expect(firstTab(placed, drawing)).toBe('edit');
  expect(firstTab(placed, null)).toBe('edit');
});

test('a node with an agent, or one that is in use without, opens on what it does', () => {
  expect(firstTab({ ...placed, agent: { host: '10.0.0.1', port: 7420 } }, drawing)).toBe('live');
  expect(firstTab(placed, { ...drawing, nodes: [...drawing.nodes, placed] })).toBe('live');
});
