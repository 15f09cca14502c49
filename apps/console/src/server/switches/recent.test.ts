import { expect, test } from 'vitest';
import { Recent } from './recent.ts';

function shownFrom(milliseconds = 0) {
  let now = milliseconds;
  const shown = new Recent<string>(() => new Date(now));
  return { shown, after: (ms: number) => void (now += ms) };
}

const say = (answer: string) => () => Promise.resolve(answer);

test('an answer is as old as its question, and good for one confirmation', async () => {
  const { shown, after } = shownFrom();
  expect(
    await shown.ask('what', () => {
      after(10_000);
      return Promise.resolve('this');
    }),
  ).toBe('this');
  after(4999);
  expect(shown.take('what')).toBe('this');
  expect(shown.take('what')).toBeNull();

  await shown.ask('what', say('this'));
  after(15_000);
  expect(shown.take('what')).toBeNull();
});

test('another question has no answer, nor has one whose answer was not whole', async () => {
  const { shown } = shownFrom();
  await shown.ask('what', say('this'));
  expect(shown.take('who')).toBeNull();
  await shown.ask('what', say('half'), (answer) => answer !== 'half');
  expect(shown.take('what')).toBeNull();
});

test('the newest answer counts, and only the newest twenty are kept', async () => {
  const { shown } = shownFrom();
  await shown.ask('what', say('old'));
  await shown.ask('what', say('new'));
  for (let i = 0; i < 19; i += 1) await shown.ask(`other ${i}`, say('this'));
  expect(shown.take('what')).toBe('new');
  await shown.ask('what', say('new'));
  for (let i = 0; i < 20; i += 1) await shown.ask(`yet another ${i}`, say('this'));
  expect(shown.take('what')).toBeNull();
});

test('what is kept without being waited for counts like an answer, for as long as this one holds', async () => {
  let now = 0;
  const recent = new Recent<Promise<string>>(() => new Date(now), 30_000);
  recent.keep('what', Promise.resolve('this'));
  now = 20_000;
  expect([recent.has('what', 15_000), recent.has('what', 25_000)]).toEqual([false, true]);
  expect(await recent.take('what')).toBe('this');
  recent.keep('what', Promise.resolve('this'));
  now = 50_000;
  expect(recent.take('what')).toBeNull();
});
