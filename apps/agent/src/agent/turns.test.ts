import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { createTurns } from './turns.ts';

test('nobody begins before the one in front has ended, also when that one fails', async () => {
  const turns = createTurns();
  const told: string[] = [];
  const work = (name: string, fails: boolean) => async () => {
    told.push(`${name} begins`);
    await sleep(5);
    told.push(`${name} ends`);
    if (fails) throw new Error(name);
    return name;
  };

  const outcomes = await Promise.allSettled([
    turns.take(work('a', false)),
    turns.take(work('b', true)),
    turns.take(work('c', false)),
  ]);

  expect(told).toEqual(['a begins', 'a ends', 'b begins', 'b ends', 'c begins', 'c ends']);
  expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
});

test('a long line is refused, and open again once it is shorter', async () => {
  const turns = createTurns();
  const gate = Promise.withResolvers<void>();
  const waiting = Array.from({ length: 16 }, () => turns.take(() => gate.promise));

  await expect(turns.take(() => Promise.resolve())).rejects.toMatchObject({ kind: 'busy' });
  gate.resolve();
  await Promise.all(waiting);

  expect(await turns.take(() => Promise.resolve('served'))).toBe('served');
});
