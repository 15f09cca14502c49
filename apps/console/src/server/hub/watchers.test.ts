import { expect, test } from 'vitest';
import { Watchers } from './watchers.ts';

const forever = new AbortController().signal;

test('each watcher gets the value as it is, then the newest, then the end', async () => {
  const watchers = new Watchers<number>();
  const reading = Array.fromAsync(watchers.watch(() => 1, forever));
  await Promise.resolve();
  watchers.show(() => 2);
  watchers.show(() => 3);
  watchers.end();
  expect((await reading).at(-1)).toBe(3);
});

test('a value is not made while nobody watches, nor after the last one left', async () => {
  const watchers = new Watchers<number>();
  for await (const value of watchers.watch(() => 1, forever)) if (value === 1) break;
  watchers.show(() => expect.unreachable('nobody watches'));
});

test('when the console stops, watchers are dropped without an end', async () => {
  const watchers = new Watchers<number>();
  const reading = Array.fromAsync(watchers.watch(() => 1, forever));
  await Promise.resolve();
  watchers.leave();
  await expect(reading).rejects.toThrow('stopping');
});
