import { expect, test } from 'vitest';
import { Tally } from './tally.ts';

const at = new Date(0);

test('a reading has what there was since the last one', () => {
  const tally = new Tally();
  for (let ms = 1; ms <= 100; ms += 1) tally.answered(ms % 4 === 0 ? 'rs2' : 'rs1', ms);
  tally.failed('ECONNREFUSED');
  expect(tally.take(at)).toEqual({
    at: '1970-01-01T00:00:00.000Z',
    requests: 101,
    failed: 1,
    answers: [
      { by: 'rs1', count: 75 },
      { by: 'rs2', count: 25 },
    ],
    failures: [{ reason: 'ECONNREFUSED', count: 1 }],
    latencyMs: { p50: 50, p99: 99, max: 100 },
    longLived: { open: 0, lost: 0 },
  });
  expect(tally.take(at)).toMatchObject({
    requests: 0,
    failed: 0,
    answers: [],
    failures: [],
    latencyMs: null,
  });
});

test('long-lived connections are told as they stand; one that never opened is not lost', () => {
  const tally = new Tally();
  tally.opened();
  tally.opened();
  tally.notAnswered('ECONNRESET', true);
  tally.notAnswered('ECONNREFUSED', false);
  expect(tally.take(at)).toMatchObject({ requests: 0, longLived: { open: 1, lost: 1 } });
  expect(tally.take(at)).toMatchObject({ failures: [], longLived: { open: 1, lost: 1 } });
});

test('names without end are counted together', () => {
  const tally = new Tally();
  for (let i = 0; i < 1000; i += 1) tally.answered(`answer ${i}`, 1);
  const { answers, requests } = tally.take(at);
  expect([answers.length, requests]).toEqual([201, 1000]);
  expect(answers.at(-1)).toEqual({ by: 'others', count: 800 });
});
