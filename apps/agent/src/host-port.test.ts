import { expect, test } from 'vitest';
import { hostPortText, parseHostPort } from './host-port.ts';

test.each([
  ['127.0.0.1:7420', { host: '127.0.0.1', port: 7420 }],
  ['console.example:8421', { host: 'console.example', port: 8421 }],
  ['[2001:db8::1]:7420', { host: '2001:db8::1', port: 7420 }],
])('%s is a host and a port, and is written the same way', (text, parsed) => {
  expect(parseHostPort(text)).toEqual(parsed);
  expect(hostPortText(parsed)).toBe(text);
});

test.each(['', '7420', 'host', 'host:', ':7420', '2001:db8::1:7420', 'host:65536', 'ho st:1', 'host:1x'])(
  '"%s" is not',
  (text) => {
    expect(parseHostPort(text)).toBeNull();
  },
);
