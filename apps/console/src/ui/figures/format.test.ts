import { expect, test } from 'vitest';
import { ageParts, formatBits, formatCount, formatCountdown, formatShare } from './format.ts';

test('counts are exact, in groups of three', () => {
  expect(formatCount(0)).toBe('0');
  expect(formatCount(1_234_567)).toBe('1,234,567');
  expect(formatCount(Number.MAX_SAFE_INTEGER)).toBe('9,007,199,254,740,991');
});

test('bytes per second are said in bits, with three significant figures', () => {
  expect(formatBits(0)).toBe('0 b/s');
  expect(formatBits(100)).toBe('800 b/s');
  expect(formatBits(6_012_500)).toBe('48.1 Mb/s');
  expect(formatBits(48_875_000)).toBe('391 Mb/s');
  expect(formatBits(150_000_000)).toBe('1.20 Gb/s');
});

test('a figure that would round to a thousand takes the next prefix', () => {
  expect(formatBits(124_950)).toBe('1.00 Mb/s');
  expect(formatBits(1249)).toBe('9.99 kb/s');
  expect(formatBits(1249.9)).toBe('10.0 kb/s');
});

test('a share of nothing is not a number', () => {
  expect(formatShare(842, 1204)).toBe('70 %');
  expect(formatShare(0, 0)).toBe('–');
});

test('ages are in their largest unit, with a tenth below ten seconds', () => {
  expect(ageParts(440)).toEqual({ value: 0.4, unit: 'second' });
  expect(ageParts(12_900)).toEqual({ value: 12, unit: 'second' });
  expect(ageParts(60_000)).toEqual({ value: 1, unit: 'minute' });
  expect(ageParts(3 * 3_600_000)).toEqual({ value: 3, unit: 'hour' });
  expect(ageParts(49 * 3_600_000)).toEqual({ value: 2, unit: 'day' });
  expect(ageParts(-5)).toEqual({ value: 0, unit: 'second' });
});

test('a countdown goes by the second and is over only when nothing is left', () => {
  expect([180_000, 107_001, 59_001, 900, 1, 0, -5000].map(formatCountdown)).toEqual([
    '3:00',
    '1:48',
    '1:00',
    '0:01',
    '0:01',
    '0:00',
    '0:00',
  ]);
});
