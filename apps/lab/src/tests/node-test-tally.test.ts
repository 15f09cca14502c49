import { expect, test } from 'vitest';
import { nodeTestTally } from './node-test-tally.ts';

test('the closing lines of several files are added up, and cancelled tests have failed', () => {
  const file = (pass: number, cancelled: number) =>
    `✔ something (3ms)\nℹ tests 4\nℹ suites 1\nℹ pass ${pass}\nℹ fail 1\nℹ cancelled ${cancelled}\nℹ skipped 2\nℹ todo 0\n`;
  expect(nodeTestTally(file(3, 0) + file(5, 1))).toEqual({ passed: 8, failed: 3, skipped: 4 });
});

test('a program that printed something else has run nothing', () => {
  expect(nodeTestTally('pass 12\n# nothing')).toEqual({ passed: 0, failed: 0, skipped: 0 });
});
