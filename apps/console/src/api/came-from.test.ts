import { expect, test } from 'vitest';
import { cameFrom } from './came-from.ts';

test('services that came from several ways have no common one', () => {
  expect(cameFrom({ services: [{ from: 'masq' }, { from: 'ipip' }] })).toBeNull();
  expect(cameFrom({ services: [{ from: 'masq' }, { from: 'masq' }] })).toBe('masq');
});
