import { expect, test } from 'vitest';
import { failedTests, failedUnitTests } from './failed-tests.ts';

test('node names a failed test twice, the second time with why', () => {
  const node = `▶ the switch
  ✔ to DR (20.1ms)
  ✖ and back (30.2ms)
✖ the switch (60.5ms)
ℹ tests 2
ℹ fail 1

✖ failing tests:

test at apps/lab/suites/switch.lab.ts:77:8
✖ and back (30.2ms)
  AssertionError [ERR_ASSERTION]: rs1 does not answer

  3 !== 4
`;
  expect(failedTests(node)).toEqual([
    'and back (30.2ms)',
    '  AssertionError [ERR_ASSERTION]: rs1 does not answer',
    '  3 !== 4',
    'the switch (60.5ms)',
  ]);
});

test('Playwright marks a failed test, and says why at its end', () => {
  const playwright = `
  ✓  1 apps/lab/e2e/nat.spec.ts:28:1 › a weight (55.8s)
  \u001B[31m✘  2 apps/lab/e2e/nat.spec.ts:65:1 › first apply (33.4s)\u001B[39m


  1) apps/lab/e2e/nat.spec.ts:65:1 › first apply ───────────

    Error: no counts

    Expected: 1

  1 failed
`;
  expect(failedTests(playwright)).toEqual([
    '2 apps/lab/e2e/nat.spec.ts:65:1 › first apply (33.4s)',
    '  Error: no counts',
    '  Expected: 1',
    '  1 failed',
  ]);
});

test('of a long reason the first lines are enough', () => {
  const long = Array.from({ length: 400 }, (_, at) => `    "line": ${at},`).join('\n');
  expect(failedTests(`✖ a review (1.5ms)\n${long}\n`)).toHaveLength(11);
});

test('where nothing failed there is nothing to name', () => {
  expect(failedTests('✔ to DR (20.1ms)\nℹ fail 0\n')).toEqual([]);
});

test('vitest: failed tests with why, and a file that could not be loaded', () => {
  const passed = { status: 'passed', fullName: 'a switch goes', failureMessages: [] };
  const failed = {
    status: 'failed',
    fullName: 'a switch ends',
    failureMessages: ['AssertionError: expected 1 to be 2\n\n    at walk.test.ts:7:3'],
  };
  expect(
    failedUnitTests([
      { name: '/walk.test.ts', message: '', assertionResults: [passed, failed] },
      { name: '/turns.test.ts', message: '', assertionResults: [passed] },
      { name: '/drain.test.ts', message: 'SyntaxError: no such export', assertionResults: [] },
    ]),
  ).toEqual([
    'failed in /walk.test.ts:',
    'a switch ends',
    '  AssertionError: expected 1 to be 2',
    '  at walk.test.ts:7:3',
    'failed in /drain.test.ts:',
    '  SyntaxError: no such export',
  ]);
});
