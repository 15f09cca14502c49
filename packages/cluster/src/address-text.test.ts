import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Address } from './address.ts';
import { addressBytes, addressFromBytes, canonicalAddress } from './address-text.ts';

describe('canonicalAddress', () => {
  test.each([
    ['192.168.0.1', '192.168.0.1'],
    ['0.0.0.0', '0.0.0.0'],
    ['255.255.255.255', '255.255.255.255'],
  ])('takes IPv4 %s', (text, canonical) => {
    expect(canonicalAddress(text)).toEqual({ family: 'ipv4', text: canonical });
  });

  test.each([
    '',
    '1.2.3',
    '1.2.3.4.5',
    '256.1.1.1',
    '01.2.3.4',
    '1.2.3.04',
    '1.2.3.4 ',
    '+1.2.3.4',
    '1.2.3.4/24',
    '1.2..4',
    '0x7f.0.0.1',
    'localhost',
  ])('refuses "%s" as IPv4', (text) => {
    expect(canonicalAddress(text)).toBeNull();
  });

  // RFC 5952 section 4 and RFC 4291 section 2.2.
  test.each([
    ['::', '::'],
    ['::1', '::1'],
    ['1::', '1::'],
    ['2001:DB8::1', '2001:db8::1'],
    ['2001:0db8:0:0:0:0:0:0001', '2001:db8::1'],
    ['2001:db8:0:0:1:0:0:1', '2001:db8::1:0:0:1'],
    ['2001:0:0:1:0:0:0:1', '2001:0:0:1::1'],
    ['2001:db8:0:1:1:1:1:1', '2001:db8:0:1:1:1:1:1'],
    ['2001:db8::0:1:1:1:1', '2001:db8::1:1:1:1'],
    ['1:2:3:4:5:6:7::', '1:2:3:4:5:6:7:0'],
    ['::ffff:192.0.2.1', '::ffff:192.0.2.1'],
    ['::FFFF:c000:201', '::ffff:192.0.2.1'],
    ['64:ff9b::192.0.2.33', '64:ff9b::c000:221'],
    ['1:2:3:4:5:6:1.2.3.4', '1:2:3:4:5:6:102:304'],
  ])('writes IPv6 %s as %s', (text, canonical) => {
    expect(canonicalAddress(text)).toEqual({ family: 'ipv6', text: canonical });
  });

  test.each([
    ':',
    ':::',
    '1::2::3',
    '1:2:3:4:5:6:7',
    '1:2:3:4:5:6:7:8:9',
    '1:2:3:4:5:6:7:8::',
    '12345::',
    'g::',
    ':1::2',
    '1::2:',
    '1.2.3.4::',
    '::1.2.3.4:5',
    '::1.2.3',
    '::01.2.3.4',
    '1:2:3:4:5:6:7:1.2.3.4',
    'fe80::1%eth0',
    '[::1]',
  ])('refuses "%s" as IPv6', (text) => {
    expect(canonicalAddress(text)).toBeNull();
  });
});

describe('bytes', () => {
  test('are in network order', () => {
    expect([...addressBytes({ family: 'ipv4', text: '192.168.0.1' })]).toEqual([192, 168, 0, 1]);
    expect([...addressBytes({ family: 'ipv6', text: '2001:db8::1' })]).toEqual([
      0x20, 0x01, 0x0d, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1,
    ]);
  });

  test('of any address come back as they were, and its text is canonical', () => {
    const bytes = fc.oneof(
      fc.uint8Array({ minLength: 4, maxLength: 4 }),
      fc.uint8Array({ minLength: 16, maxLength: 16 }),
      // Mostly zeros: runs of them are where IPv6 text is hard.
      fc
        .array(fc.constantFrom(0, 0, 0, 1, 0xff), { minLength: 16, maxLength: 16 })
        .map((list) => Uint8Array.from(list)),
    );
    fc.assert(
      fc.property(bytes, (original) => {
        const address = addressFromBytes(original);
        expect(addressBytes(address)).toEqual(original);
        expect(canonicalAddress(address.text)).toEqual(address);
        expect(Address.safeParse(address).success).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  test('of another length, or of what is no address, are a mistake of the caller', () => {
    expect(() => addressFromBytes(new Uint8Array(5))).toThrow('4 or 16 bytes, not 5');
    expect(() => addressBytes({ family: 'ipv4', text: '::1' })).toThrow('not an ipv4 address: ::1');
  });
});

test('an address of the wrong family or not canonical does not parse', () => {
  expect(Address.safeParse({ family: 'ipv6', text: '1.2.3.4' }).success).toBe(false);
  expect(Address.safeParse({ family: 'ipv6', text: '2001:DB8::1' }).success).toBe(false);
});
