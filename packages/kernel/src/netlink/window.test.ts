import { expect, it } from 'vitest';
import { Window } from './window.ts';

/** Work that ends when the test says so, and how much of it runs. */
function controlled(window: Window) {
  const ends: (() => void)[] = [];
  const running = { units: 0, most: 0 };
  const start = (units: number) =>
    window.through(units, async () => {
      running.units += units;
      running.most = Math.max(running.most, running.units);
      await new Promise<void>((end) => ends.push(end));
      running.units -= units;
    });
  return { ends, running, start };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

it('lets as much pass as fits, and the rest in the order it came', async () => {
  const { ends, running, start } = controlled(new Window(64));
  const all = [60, 10, 64, 4].map(start);
  await settled();
  expect(running.units).toBe(60);
  for (let index = 0; index < all.length; index += 1) {
    ends[index]?.();
    await settled();
  }
  await Promise.all(all);
  expect(running).toEqual({ units: 0, most: 64 });
});

it('goes on after work that failed', async () => {
  const window = new Window(1);
  await expect(window.through(1, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  await expect(window.through(1, () => Promise.resolve('yes'))).resolves.toBe('yes');
});

it('refuses work that would never fit', async () => {
  await expect(new Window(2).through(3, () => Promise.resolve())).rejects.toThrow(RangeError);
});
