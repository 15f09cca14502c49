import { expect, test } from 'vitest';
import { readAt } from '../ui/testing/readings.ts';
import { linkRates } from './link-rates.ts';

const link = (name: string, inBytes: number, outBytes: number) => ({ name, inBytes, outBytes });

test('bytes per second are counted by the clock of the host', () => {
  const before = readAt(0, { links: [link('eth0', 100, 0)] });
  const after = readAt(2, { links: [link('eth0', 300, 50)] });

  expect(linkRates(before, after)?.get('eth0')).toEqual({ inBytes: 100, outBytes: 25 });
});

test('an interface that is new, or whose counters fell, has no rate yet', () => {
  const before = readAt(0, { links: [link('eth0', 100, 0)] });
  const after = readAt(1, { links: [link('eth0', 50, 0), link('eth1', 5, 5)] });

  expect(linkRates(before, after)?.size).toBe(0);
});

test('readings that are not in order say nothing', () => {
  expect(linkRates(readAt(1), readAt(1))).toBeNull();
  expect(linkRates(readAt(2), readAt(1))).toBeNull();
});
