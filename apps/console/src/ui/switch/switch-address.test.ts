import { expect, test } from 'vitest';
import { orderPath, readOrder } from './switch-address.ts';

const read = (path: string) => readOrder(new URL(path, 'http://console').searchParams, 'masq');

test('an order survives its address', () => {
  const order = { to: 'gate', services: ['web', 'api'], without: ['dns'] } as const;

  expect(read(orderPath('c', order))).toEqual(order);
  expect(read(orderPath('c', { to: 'gate', services: null, without: [] }))).toEqual({
    to: 'gate',
    services: null,
    without: [],
  });
});

test('an address that says nothing, or nonsense, asks for the way that most services do not go', () => {
  expect(read('/clusters/c/switch').to).toBe('masq');
  expect(read('/clusters/c/switch?to=ipip&services=').services).toEqual([]);
  expect(read('/clusters/c/switch?to=ipip').to).toBe('masq');
});
