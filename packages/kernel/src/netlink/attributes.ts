// Netlink attributes as tables: one row per attribute, read in both directions (include/uapi/linux/netlink.h, struct nlattr).
import type { ByteWriter } from './byte-writer.ts';
import { Malformed } from './failure.ts';
import type { Field } from './fields.ts';

/** `name: [attribute number, field]`. */
type Rows = Readonly<Record<string, readonly [number: number, field: Field<unknown>]>>;

/** Attributes by name. One that is undefined is not sent; one that the kernel left out is undefined. */
type Values<R extends Rows> = {
  [Name in keyof R]?: (R[Name][1] extends Field<infer T> ? T : never) | undefined;
};

export interface Table<V> {
  /** Writes attributes in the order of the table. */
  encode(writer: ByteWriter, values: V): void;
  /** Reads attributes. Unknown ones are passed over; of repeated ones the last counts. */
  decode(bytes: Buffer, start: number, end: number): V;
}

/** The values that a table reads and writes. */
export type ValuesOf<T> = T extends Table<infer V> ? V : never;

/** NLA_F_NESTED and NLA_F_NET_BYTEORDER are flags beside the number. */
const nestedFlag = 0x8000;
const numberMask = 0x3fff;
const headerLength = 4;

export function table<const R extends Rows>(rows: R): Table<Values<R>> {
  const list = Object.entries(rows).map(([name, [number, field]]) => ({ name, number, field }));
  const byNumber: (typeof list)[number][] = [];
  for (const row of list) byNumber[row.number] = row;
  return {
    encode(writer, values) {
      const given: Readonly<Record<string, unknown>> = values;
      for (const { name, number, field } of list) {
        const value = given[name];
        if (value === undefined) continue;
        const at = openAttribute(writer, field.nested ? number | nestedFlag : number);
        field.write(writer, value);
        closeAttribute(writer, at);
      }
    },
    decode(bytes, start, end) {
      const values: Record<string, unknown> = {};
      for (let at = start; at + headerLength <= end; ) {
        const length = bytes.readUInt16LE(at);
        if (length < headerLength || at + length > end)
          throw new Malformed(`an attribute of ${length} bytes`);
        const row = byNumber[bytes.readUInt16LE(at + 2) & numberMask];
        if (row !== undefined) values[row.name] = row.field.read(bytes, at + headerLength, at + length);
        at += (length + 3) & ~3;
      }
      return values as Values<R>;
    },
  };
}

/** Attributes inside an attribute. */
export const nested = <V>(inner: Table<V>): Field<V> => ({
  nested: true,
  write: (writer, values) => inner.encode(writer, values),
  read: (bytes, start, end) => inner.decode(bytes, start, end),
});

/** Begins an attribute whose length is known when it is closed. */
function openAttribute(writer: ByteWriter, number: number): number {
  const at = writer.length;
  writer.u16(0);
  writer.u16(number);
  return at;
}

/** The length is without the padding that follows. */
function closeAttribute(writer: ByteWriter, at: number): void {
  writer.setU16(at, writer.length - at);
  writer.align();
}
