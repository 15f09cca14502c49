import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hex } from '../testing/hex.ts';
import { nested, table } from './attributes.ts';
import { ByteWriter } from './byte-writer.ts';
import { be16, be32, flags, string, u16, u32, u64, u8 } from './fields.ts';

const inner = table({ count: [1, u64], name: [2, string] });
const outer = table({
  small: [1, u8],
  port: [2, be16],
  length: [3, u16],
  mask: [4, be32],
  number: [5, u32],
  flags: [7, flags],
  inside: [9, nested(inner)],
});

function encoded(values: Parameters<typeof outer.encode>[1]): Buffer {
  const writer = new ByteWriter(4);
  outer.encode(writer, values);
  return writer.written();
}

const decoded = (bytes: Buffer) => outer.decode(bytes, 0, bytes.length);

describe('a table of attributes', () => {
  it('lays attributes out as the kernel wants them: length, number, value, padding to four bytes', () => {
    const values = {
      small: 1,
      port: 80,
      number: 5300,
      flags: 3,
      inside: { count: 2 ** 33 + 1, name: 'wrr' },
    };
    expect(encoded(values).toString('hex')).toBe(
      hex(`
        0500 0100 01 000000
        0600 0200 0050 0000
        0800 0500 b4140000
        0c00 0700 03000000 ffffffff
        1800 0980                                # NLA_F_NESTED
          0c00 0100 01000000 02000000
          0800 0200 77727200
      `).toString('hex'),
    );
  });

  it('reads back what it wrote', () => {
    const values = fc.record(
      {
        small: fc.integer({ min: 0, max: 0xff }),
        port: fc.integer({ min: 0, max: 0xffff }),
        length: fc.integer({ min: 0, max: 0xffff }),
        mask: fc.integer({ min: 0, max: 0xffffffff }),
        number: fc.integer({ min: 0, max: 0xffffffff }),
        flags: fc.integer({ min: 0, max: 0xffffffff }),
        inside: fc.record(
          {
            count: fc.maxSafeNat(),
            name: fc.string({ unit: 'grapheme' }).filter((name) => !name.includes('\0')),
          },
          { requiredKeys: [] },
        ),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(values, (given) => {
        expect(decoded(encoded(given))).toEqual(given);
      }),
    );
  });

  it('passes over attributes that it does not know, and flags beside a number', () => {
    const bytes = hex(`
      0600 ff00 abcd 0000                        # of a newer kernel
      0600 0240 0050 0000                        # NLA_F_NET_BYTEORDER
    `);
    expect(decoded(bytes)).toEqual({ port: 80 });
  });

  it('reads text without a final zero up to its end', () => {
    expect(inner.decode(hex('0700 0200 777272 00'), 0, 8)).toEqual({ name: 'wrr' });
  });

  it.each([
    ['shorter than its header', '0300 0100'],
    ['longer than the message', '0900 0100 01000000'],
    ['shorter than its value', '0600 0500 0000 0000'],
  ])('refuses an attribute that is %s', (_, bytes) => {
    expect(() => decoded(hex(bytes))).toThrow(/bytes/);
  });

  it('refuses numbers that have no place in their field', () => {
    expect(() => encoded({ port: 65_536 })).toThrow(RangeError);
    expect(() => encoded({ number: -1 })).toThrow(RangeError);
  });

  it('never reads past the end, whatever the bytes are', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => {
        try {
          decoded(Buffer.from(bytes));
        } catch (error) {
          expect(error).toHaveProperty('name', 'Malformed');
        }
      }),
    );
  });
});
