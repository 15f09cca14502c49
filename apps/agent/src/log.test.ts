import { expect, test } from 'vitest';
import { errorText, oneLine, rarely } from './log.ts';

test('what strangers cause is logged a few times and then counted as one', () => {
  const lines: string[] = [];
  const log = rarely((line) => lines.push(line), { lines: 3, everyMs: 60_000 });

  for (let count = 0; count < 1000; count += 1) log(`Refused ${count}.`);

  expect(lines).toEqual([
    'Refused 0.',
    'Refused 1.',
    'Refused 2. More of these are not logged for a minute.',
  ]);
});

test('line breaks and escape codes from outside never make a line of their own', () => {
  expect(oneLine('no\r\n2026-01-01 all is well\u001B[31m')).toBe('no 2026-01-01 all is well [31m');
});

test('an error is told with its causes', () => {
  const error = new Error('cannot read', { cause: new Error('no such file') });

  expect(errorText(error)).toBe('cannot read (no such file)');
});
