import { expect, test } from 'vitest';
import { Newest } from '../server/hub/newest.ts';
import { renewed } from './renewed-stream.ts';

test('a stream that lasts too long is dropped as a lost connection is, so that the browser asks again', async () => {
  const values = new Newest<number>();
  values.put('k', 1);
  const seen: number[] = [];
  const reading = (async () => {
    for await (const value of renewed((signal) => values.read(signal), undefined, 20)) seen.push(value);
  })();
  await expect(reading).rejects.toMatchObject({ name: 'AbortError' });
  expect(seen).toEqual([1]);
});

test('a stream that ends by itself ends, and one whose client went ends quietly', async () => {
  const short = new Newest<number>();
  short.put('k', 1);
  short.end();
  expect(await Array.fromAsync(renewed((signal) => short.read(signal), undefined))).toEqual([1]);

  const client = new AbortController();
  client.abort();
  const endless = new Newest<number>();
  expect(await Array.fromAsync(renewed((signal) => endless.read(signal), client.signal))).toEqual([]);
});
