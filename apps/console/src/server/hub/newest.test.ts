import { expect, test } from 'vitest';
import { Newest } from './newest.ts';

const forever = new AbortController().signal;

test('a slow reader gets the newest value of each key and nothing in between', async () => {
  const newest = new Newest<string>();
  for (let i = 0; i < 1000; i++) newest.put('a', `a${i}`);
  newest.put('b', 'b0');
  newest.end();
  expect(await Array.fromAsync(newest.read(forever))).toEqual(['a999', 'b0']);
});

test('values put while the reader works arrive after', async () => {
  const newest = new Newest<number>();
  newest.put('k', 1);
  const seen: number[] = [];
  for await (const value of newest.read(forever)) {
    seen.push(value);
    if (value < 4) newest.put('k', value + 1);
    else newest.end();
  }
  expect(seen).toEqual([1, 2, 3, 4]);
});

test('a failure reaches the reader, an abort ends it', async () => {
  const failing = new Newest<number>();
  failing.fail(new Error('stop'));
  await expect(Array.fromAsync(failing.read(forever))).rejects.toThrow('stop');

  const controller = new AbortController();
  const endless = new Newest<number>();
  const reading = Array.fromAsync(endless.read(controller.signal));
  controller.abort();
  expect(await reading).toEqual([]);
});
