// Addresses between text and bytes. IPv4 is done here because tables of ten thousand destinations are; it makes no garbage.
import { type Address, addressBytes, addressFromBytes } from '@signalbox/cluster';
import type { ByteWriter } from './byte-writer.ts';
import { Malformed } from './failure.ts';

/** Writes 4 or 16 bytes in network order. Throws TypeError for a text that is not canonical. */
export function writeAddress(writer: ByteWriter, address: Address): void {
  if (address.family === 'ipv6') writer.bytes(addressBytes(address));
  else writer.be32(ipv4Number(address.text));
}

/** Reads 4 or 16 bytes. Throws `Malformed` for any other length. */
export function readAddress(bytes: Buffer, start: number, end: number): Address {
  const length = end - start;
  if (length === 4) return { family: 'ipv4', text: ipv4Text(bytes.readUInt32BE(start)) };
  if (length !== 16) throw new Malformed(`an address of ${length} bytes`);
  return addressFromBytes(bytes.subarray(start, end));
}

const dot = 46;
const zero = 48;

/** The address as one number. Reads characters, because taking the text apart would make garbage. */
function ipv4Number(text: string): number {
  let number = 0;
  let part = 0;
  let digits = 0;
  let parts = 1;
  for (let at = 0; at < text.length; at += 1) {
    const digit = text.charCodeAt(at) - zero;
    if (digit === dot - zero && digits > 0) {
      number = number * 256 + part;
      parts += 1;
      part = 0;
      digits = 0;
    } else if (digit >= 0 && digit <= 9 && (digits === 0 || part > 0)) {
      part = part * 10 + digit;
      digits += 1;
      if (part > 255) throw notIpv4(text);
    } else {
      throw notIpv4(text);
    }
  }
  if (parts !== 4 || digits === 0) throw notIpv4(text);
  return number * 256 + part;
}

const notIpv4 = (text: string) => new TypeError(`not an ipv4 address: ${text}`);

const ipv4Text = (number: number): string =>
  `${number >>> 24}.${(number >>> 16) & 0xff}.${(number >>> 8) & 0xff}.${number & 0xff}`;
