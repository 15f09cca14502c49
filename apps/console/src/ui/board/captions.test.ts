import { expect, test } from 'vitest';
import { captionsOf } from './captions.ts';

test('a caption stands over the leftmost card of its kind, and takes no more room than there is', () => {
  const captions = captionsOf([
    { kind: 'director', x: 300 },
    { kind: 'client', x: -20 },
    { kind: 'realServer', x: 640 },
    { kind: 'realServer', x: 700 },
  ]);

  expect(captions).toEqual([
    { kinds: ['client'], x: -20, room: 320 },
    { kinds: ['director'], x: 300, room: 340 },
    { kinds: ['realServer'], x: 640, room: null },
  ]);
});

test('kinds that were dragged over each other share one caption', () => {
  expect(
    captionsOf([
      { kind: 'client', x: 0 },
      { kind: 'router', x: 20 },
    ]),
  ).toEqual([{ kinds: ['client', 'router'], x: 0, room: null }]);
});

test('an empty board has no captions', () => {
  expect(captionsOf([])).toEqual([]);
});
