// What an attribute or a header field can hold, as bytes and as a value. Numbers are in host order unless they say `be`.
import type { Address } from '@signalbox/cluster';
import { readAddress, writeAddress } from './address-bytes.ts';
import type { ByteWriter } from './byte-writer.ts';
import { Malformed } from './failure.ts';

/** A kind of value, written and read without the attribute's header. */
export interface Field<T> {
  write(writer: ByteWriter, value: T): void;
  read(bytes: Buffer, start: number, end: number): T;
  /** Its attribute carries NLA_F_NESTED. */
  readonly nested?: true;
}

/** A field that always takes so many bytes: one that can stand in a fixed header. */
export interface FixedField<T> extends Field<T> {
  readonly size: number;
}

/** A field of fixed size. An attribute may be longer than what is known of it, as newer kernels append. */
export function fixed<T>(
  size: number,
  write: (writer: ByteWriter, value: T) => void,
  readAt: (bytes: Buffer, at: number) => T,
): FixedField<T> {
  return {
    size,
    write,
    read(bytes, start, end) {
      if (end - start < size) throw new Malformed(`${end - start} bytes where ${size} belong`);
      return readAt(bytes, start);
    },
  };
}

export const u8 = fixed<number>(
  1,
  (writer, value) => writer.u8(value),
  (bytes, at) => bytes.readUInt8(at),
);
export const u16 = fixed<number>(
  2,
  (writer, value) => writer.u16(value),
  (bytes, at) => bytes.readUInt16LE(at),
);
export const be16 = fixed<number>(
  2,
  (writer, value) => writer.be16(value),
  (bytes, at) => bytes.readUInt16BE(at),
);
export const u32 = fixed<number>(
  4,
  (writer, value) => writer.u32(value),
  (bytes, at) => bytes.readUInt32LE(at),
);
export const be32 = fixed<number>(
  4,
  (writer, value) => writer.be32(value),
  (bytes, at) => bytes.readUInt32BE(at),
);
/** As a JavaScript number: exact up to 2^53 - 1, which is 9 PB. */
export const u64 = fixed<number>(
  8,
  (writer, value) => writer.u64(value),
  (bytes, at) => bytes.readUInt32LE(at + 4) * 0x1_0000_0000 + bytes.readUInt32LE(at),
);

/** Text up to its first zero, or to the end. */
export const string: Field<string> = {
  write: (writer, value) => writer.text(value),
  read(bytes, start, end) {
    const zero = bytes.indexOf(0, start);
    return bytes.toString('utf8', start, zero === -1 || zero > end ? end : zero);
  },
};

/** An address of its own length: 4 or 16 bytes. */
export const address: Field<Address> = {
  write: writeAddress,
  read: readAddress,
};

/** struct ip_vs_flags: the flags, and a mask that says which of them count. All of them do. */
export const flags = fixed<number>(
  8,
  (writer, value) => {
    writer.u32(value);
    writer.u32(0xffffffff);
  },
  (bytes, at) => bytes.readUInt32LE(at),
);
