import type { Address, Cidr } from './address.ts';
import { addressBytes, addressFromBytes, canonicalAddress } from './address-text.ts';

/** Bits in an address of the family: 32 or 128. */
export const familyBits = (family: Address['family']): number => (family === 'ipv4' ? 32 : 128);

/** `192.168.0.1/24`, host bits kept; null when the text is not an address, a slash and a prefix length. */
export function parseCidr(text: string): Cidr | null {
  const [addressText = '', prefixText = '', ...rest] = text.split('/');
  const address = canonicalAddress(addressText);
  if (address === null || rest.length > 0 || !/^(0|[1-9]\d{0,2})$/.test(prefixText)) return null;
  const prefix = Number(prefixText);
  return prefix <= familyBits(address.family) ? { address, prefix } : null;
}

export const formatCidr = (cidr: Cidr): string => `${cidr.address.text}/${cidr.prefix}`;

/** The address alone, as a route or a rule writes it: /32 or /128. */
export const hostCidr = (address: Address): Cidr => ({ address, prefix: familyBits(address.family) });

/** 0.0.0.0/0 or ::/0: the destination of a default route. */
export const everywhere = (family: Address['family']): Cidr => ({
  address: { family, text: family === 'ipv4' ? '0.0.0.0' : '::' },
  prefix: 0,
});

/** The same network with host bits zero: 192.168.0.7/24 is in 192.168.0.0/24. */
export const networkOf = (cidr: Cidr): Cidr => ({ address: withHostBits(cidr, 0), prefix: cidr.prefix });

/** The directed broadcast address; null where there is none: IPv6, and IPv4 prefixes 31 (RFC 3021) and 32. */
export const broadcastOf = (cidr: Cidr): Address | null =>
  hasBroadcast(cidr) ? withHostBits(cidr, 0xff) : null;

/** Whether the CIDR's own address is its network's first or last, which no host can have. */
export function isNetworkOrBroadcast(cidr: Cidr): boolean {
  if (!hasBroadcast(cidr)) return false;
  return [withHostBits(cidr, 0), withHostBits(cidr, 0xff)].some(({ text }) => text === cidr.address.text);
}

/** Whether the address lies in the CIDR's network. */
export function contains(cidr: Cidr, address: Address): boolean {
  if (cidr.address.family !== address.family) return false;
  return networkOf({ address, prefix: cidr.prefix }).address.text === networkOf(cidr).address.text;
}

/** Whether two CIDRs share an address: then one contains the other. */
export const overlaps = (a: Cidr, b: Cidr): boolean =>
  a.prefix <= b.prefix ? contains(a, b.address) : contains(b, a.address);

const hasBroadcast = (cidr: Cidr) => cidr.address.family === 'ipv4' && cidr.prefix < 31;

/** The address with its host bits set to those of `fill` (0 or 0xff). */
function withHostBits({ address, prefix }: Cidr, fill: number): Address {
  const bytes = addressBytes(address).map((byte, index) => {
    const networkBits = Math.min(8, Math.max(0, prefix - 8 * index));
    const mask = (0xff00 >> networkBits) & 0xff;
    return (byte & mask) | (fill & ~mask);
  });
  return addressFromBytes(bytes);
}
