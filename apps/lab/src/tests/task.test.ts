import { expect, test } from 'vitest';
import { placeOf } from '../state/place.ts';
import { nothing, type Tally } from './stage.ts';
import { type Task, workThrough } from './task.ts';

const passed = (count: number): Tally => ({ ...nothing, passed: count });

const task = (file: string, run: Task['run']): Task => ({ stage: 'lab', file, run });

test('labs share the work from both ends, and each is in one place at a time', async () => {
  const at = new Map<string, string[]>();
  const busy = new Set<string>();
  const quick = (file: string) =>
    task(file, async ({ folder }) => {
      expect(busy.has(folder)).toBe(false);
      busy.add(folder);
      at.set(folder, [...(at.get(folder) ?? []), file]);
      await Promise.resolve();
      busy.delete(folder);
      return passed(2);
    });

  const tally = await workThrough(['a', 'b', 'c', 'd', 'e'].map(quick), {
    places: [placeOf('/one'), placeOf('/two')],
    done: () => undefined,
    live: () => undefined,
  });

  expect(tally).toEqual(passed(10));
  expect(at.get('/one')?.[0]).toBe('a');
  expect(at.get('/two')?.[0]).toBe('e');
  expect([...at.values()].flat().toSorted()).toEqual(['a', 'b', 'c', 'd', 'e']);
});

test('a task that throws has failed, says why, and the others still run', async () => {
  let heard = '';
  const tally = await workThrough(
    [
      task('broken', async (_, print) => {
        print('before\n');
        throw new Error('the kernel ended');
      }),
      task('whole', async () => passed(1)),
    ],
    {
      places: [placeOf('/one')],
      done: ({ task: { file } }) => (heard += `[${file}]`),
      live: (text) => (heard += text),
    },
  );

  expect(tally).toEqual({ passed: 1, failed: 1, skipped: 0 });
  expect(heard).toMatch(/^\nbroken\nbefore\nError: the kernel ended[^]*\[broken\]\nwhole\n\[whole\]$/);
});

test('with several labs, what a file prints stays together', async () => {
  let heard = '';
  const slow = (file: string) =>
    task(file, async (_, print) => {
      print(`${file}1 `);
      await Promise.resolve();
      print(`${file}2\n`);
      return passed(1);
    });

  await workThrough([slow('a'), slow('b')], {
    places: [placeOf('/one'), placeOf('/two')],
    done: () => undefined,
    live: (text) => (heard += text),
  });

  expect(heard).toBe('\na\na1 a2\n\nb\nb1 b2\n');
});
