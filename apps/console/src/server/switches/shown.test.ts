import { expect, test } from 'vitest';
import { Shown } from './shown.ts';

function shownFrom(milliseconds = 0) {
  let now = milliseconds;
  const shown = new Shown<string>(() => new Date(now));
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
