// Fixed headers before attributes (struct rtmsg, struct ifaddrmsg ...) as tables: fields in their order, without gaps.
import type { ByteWriter } from './byte-writer.ts';
import type { FixedField } from './fields.ts';
import { Malformed } from './failure.ts';

type Rows = Readonly<Record<string, FixedField<number>>>;

export interface Struct<R extends Rows> {
  readonly size: number;
  /** A field that is not given is zero. */
  encode(writer: ByteWriter, values: Partial<Record<keyof R, number>>): void;
  decode(bytes: Buffer, start: number, end: number): Record<keyof R, number>;
}

export function struct<const R extends Rows>(rows: R): Struct<R> {
  const list = Object.entries(rows);
  const size = list.reduce((sum, [, field]) => sum + field.size, 0);
  return {
    size,
    encode(writer, values) {
      const given: Readonly<Record<string, number | undefined>> = values;
      for (const [name, field] of list) field.write(writer, given[name] ?? 0);
    },
    decode(bytes, start, end) {
      if (end - start < size) throw new Malformed(`a header of ${end - start} bytes where ${size} belong`);
      let at = start;
      const values: Record<string, number> = {};
      for (const [name, field] of list) {
        values[name] = field.read(bytes, at, end);
        at += field.size;
      }
      return values as Record<keyof R, number>;
    },
  };
}
