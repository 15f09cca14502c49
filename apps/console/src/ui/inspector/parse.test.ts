import { expect, test } from 'vitest';
import {
  formatCidrs,
  parseAddress,
  parseCidrs,
  parseCidrText,
  parseHost,
  parseInterfaceName,
  parseName,
  parseOptionalAddress,
  parsePort,
  parseTimeout,
  parseWeight,
} from './parse.ts';

test('numbers are whole and within their bounds', () => {
  expect(parsePort('80')).toEqual({ value: 80 });
  expect(parseWeight('0')).toEqual({ value: 0 });
  for (const text of ['', '0', '65536', '-1', '8.5', '8e1', 'http']) expect(parsePort(text)).toBeNull();
  expect(parseWeight('65536')).toBeNull();
});

test('half an address is not an address', () => {
  expect(parseAddress(' 192.168.0.1 ')).toEqual({ value: { family: 'ipv4', text: '192.168.0.1' } });
  for (const text of ['', '192.168.0', '192.168.0.256', '192.168.0.01'])
    expect(parseAddress(text)).toBeNull();
});

test('no gateway is a gateway field with nothing in it', () => {
  expect(parseOptionalAddress('')).toEqual({ value: null });
  expect(parseOptionalAddress('192.')).toBeNull();
});

test('an address on an interface has a prefix length; ranges are a list of such', () => {
  const ranges = parseCidrs('192.168.0.0/24, 10.0.0.0/8');

  expect(parseCidrText('192.168.0.111/24')?.value.prefix).toBe(24);
  expect(parseCidrText('192.168.0.111')).toBeNull();
  expect(ranges && formatCidrs(ranges.value)).toBe('192.168.0.0/24, 10.0.0.0/8');
  expect(parseCidrs('192.168.0.0/24,')).toBeNull();
  expect(parseCidrs('')).toBeNull();
});

test('names are as the kernel and the schema take them', () => {
  expect(parseName('  rs1 ')).toEqual({ value: 'rs1' });
  expect(parseName('   ')).toBeNull();
  expect(parseInterfaceName('bond0.100')).toEqual({ value: 'bond0.100' });
  expect(parseInterfaceName('eth0:1')).toBeNull();
});

test('no agent is an empty host; no persistence is 0 seconds', () => {
  expect(parseHost('')).toEqual({ value: '' });
  expect(parseHost('mgmt 1')).toBeNull();
  expect(parseTimeout('0')).toEqual({ value: null });
  expect(parseTimeout('360')).toEqual({ value: 360 });
  expect(parseTimeout('2678401')).toBeNull();
});
