import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { runProgram } from './program.ts';
import { readyPrograms } from './start-program.ts';

const printed = async (program: string, args: readonly string[], input?: string) =>
  (await runProgram(program, args, input === undefined ? {} : { input })).stdout;

/** By an ordinary start, and by a shell that waits. */
async function twice(work: () => Promise<unknown>) {
  const first = await work();
  readyPrograms(1);
  return [first, await work()];
}

test('arguments arrive as they are, whatever a shell would make of them', async () => {
  const odd = ['$HOME', '`id`', '"a b"', ' edges ', '', String.raw`back\slash`, '*', '; false', "it's"];
  const whole = odd.map((word) => `${word}\n`).join('');
  expect(await twice(() => printed('printf', [String.raw`%s\n`, ...odd]))).toEqual([whole, whole]);
});

test('an argument of several lines arrives too', async () => {
  expect(await twice(() => printed('printf', ['%s', 'one\ntwo']))).toEqual(['one\ntwo', 'one\ntwo']);
});

test('what is written to it is the program’s alone', async () => {
  const input = 'first\nsecond\n';
  expect(await twice(() => printed('cat', [], input))).toEqual([input, input]);
});

test('the exit code and what it complains of are the program’s', async () => {
  const run = () => runProgram('sh', ['-c', 'echo no >&2; exit 3']);
  const whole = { code: 3, stdout: '', stderr: 'no\n' };
  expect(await twice(run)).toEqual([whole, whole]);
});

test('many at once are more than wait, and each is answered', async () => {
  readyPrograms(3);
  const numbers = Array.from({ length: 20 }, (_, number) => String(number));
  expect(await Promise.all(numbers.map((number) => printed('printf', ['%s', number])))).toEqual(numbers);
});

test('what is not installed is named', async () => {
  readyPrograms(2);
  await expect(runProgram('no-such-program', [])).rejects.toThrow(/no-such-program is not installed/);
});

test('what hangs is ended, and what is enough ends with what it has', async () => {
  readyPrograms(2);
  await expect(runProgram('sleep', ['20'], { timeoutMilliseconds: 50 })).rejects.toThrow(/ETIMEDOUT/);
  const talks = ['-c', 'trap "exit 0" INT; echo heard; while :; do sleep 0.01; done'];
  const run = await runProgram('sh', talks, { enough: delay(300) });
  expect(run).toEqual({ code: 0, stdout: 'heard\n', stderr: '' });
});
