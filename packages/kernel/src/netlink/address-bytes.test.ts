import { addressBytes } from '@signalbox/cluster';
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { addresses, families } from '../testing/arbitraries.ts';
import { readAddress, writeAddress } from './address-bytes.ts';
import { ByteWriter } from './byte-writer.ts';

function bytesOf(address: Parameters<typeof writeAddress>[1]): Buffer {
  const writer = new ByteWriter();
  writeAddress(writer, address);
  return writer.written();
}

it('writes an address as its bytes and reads them back', () => {
  fc.assert(
    fc.property(families.chain(addresses), (address) => {
      const bytes = bytesOf(address);
      expect([...bytes]).toEqual([...addressBytes(address)]);
      expect(readAddress(bytes, 0, bytes.length)).toEqual(address);
    }),
  );
});

it.each(['', '1.2.3', '1.2.3.4.5', '1.2.3.256', '01.2.3.4', '1.2.3.x', '0x7f.0.0.1', '1.2.3.-4'])(
  'refuses the text %j',
  (text) => expect(() => bytesOf({ family: 'ipv4', text })).toThrow(TypeError),
);

it('refuses an address of 5 bytes', () => {
  expect(() => readAddress(Buffer.alloc(5), 0, 5)).toThrow('an address of 5 bytes');
});
