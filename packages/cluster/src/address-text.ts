// Addresses as text and as bytes: one canonical spelling per address, so that texts can be compared.

/** An address whose text is canonical. `Address` in address.ts is the same shape with its schema. */
export interface CanonicalAddress {
  family: 'ipv4' | 'ipv6';
  text: string;
}

/**
 * The address in its one canonical spelling, or null when the text is not an address. IPv4: four decimal numbers
 * without leading zeros (`010` is octal to some programs). IPv6: RFC 5952, with IPv4-mapped addresses written
 * `::ffff:192.0.2.1` (its section 5). A zone (`%eth0`) is refused: an interface is a field of its own.
 */
export function canonicalAddress(text: string): CanonicalAddress | null {
  const bytes = text.includes(':') ? ipv6Bytes(text) : ipv4Bytes(text);
  return bytes === null ? null : addressFromBytes(Uint8Array.from(bytes));
}

/** The address in network byte order: 4 or 16 bytes. Throws when the text is not an address of its family. */
export function addressBytes(address: CanonicalAddress): Uint8Array {
  const bytes = address.family === 'ipv4' ? ipv4Bytes(address.text) : ipv6Bytes(address.text);
  if (bytes === null) throw new TypeError(`not an ${address.family} address: ${address.text}`);
  return Uint8Array.from(bytes);
}

/** The address of 4 or 16 bytes in network order. Throws on any other length. */
export function addressFromBytes(bytes: Uint8Array): CanonicalAddress {
  if (bytes.length === 4) return { family: 'ipv4', text: bytes.join('.') };
  if (bytes.length === 16) return { family: 'ipv6', text: ipv6Text(bytes) };
  throw new RangeError(`an address has 4 or 16 bytes, not ${bytes.length}`);
}

function ipv4Bytes(text: string): number[] | null {
  const parts = text.split('.');
  if (parts.length !== 4) return null;
  if (!parts.every((part) => /^(0|[1-9]\d{0,2})$/.test(part) && Number(part) <= 255)) return null;
  return parts.map(Number);
}

function ipv6Bytes(text: string): number[] | null {
  const sides = text.split('::');
  if (sides.length > 2) return null;
  const [before, after] = sides.map(sideBytes);
  if (before === undefined || before === null || after === null) return null;
  if (after === undefined) return before.length === 16 ? before : null;
  // Dotted decimal may only end an address, and "::" stands for at least one group.
  const missing = 16 - before.length - after.length;
  if (missing < 2 || sides[0]?.includes('.')) return null;
  return before.concat(Array<number>(missing).fill(0), after);
}

/** Bytes of the groups on one side of "::", or null. The last group may be dotted IPv4 (RFC 4291 section 2.2). */
function sideBytes(side: string): number[] | null {
  if (side === '') return [];
  const groups = side.split(':');
  const dotted = side.includes('.') ? ipv4Bytes(groups.pop() ?? '') : [];
  if (dotted === null || !groups.every((group) => /^[0-9a-f]{1,4}$/i.test(group))) return null;
  const values = groups.map((group) => Number.parseInt(group, 16));
  return values.flatMap((value) => [value >> 8, value & 0xff]).concat(dotted);
}

function ipv6Text(bytes: Uint8Array): string {
  const groups = Array.from({ length: 8 }, (_, i) => ((bytes[2 * i] ?? 0) << 8) | (bytes[2 * i + 1] ?? 0));
  const mapped = groups[5] === 0xffff && groups.slice(0, 5).every((group) => group === 0);
  if (mapped) return `::ffff:${bytes.subarray(12).join('.')}`;
  const run = longestZeroRun(groups);
  const hex = groups.map((group) => group.toString(16));
  if (run.length < 2) return hex.join(':');
  return `${hex.slice(0, run.start).join(':')}::${hex.slice(run.start + run.length).join(':')}`;
}

/** The first of the longest runs of zero groups: what "::" stands for (RFC 5952 section 4.2). */
function longestZeroRun(groups: readonly number[]): { start: number; length: number } {
  let longest = { start: 0, length: 0 };
  let start = 0;
  for (const [index, group] of groups.entries()) {
    if (group !== 0) start = index + 1;
    else if (index + 1 - start > longest.length) longest = { start, length: index + 1 - start };
  }
  return longest;
}
