import type { Address } from './address.ts';
import { addressBytes, canonicalAddress } from './address-text.ts';

/** As `ipvsadm -M` takes it: for IPv4 a dotted mask of ones then zeros, at least one bit; for IPv6 a length 1 to 128. */
export function isPersistenceNetmask(text: string, family: Address['family']): boolean {
  if (family === 'ipv6') return /^[1-9]\d{0,2}$/.test(text) && Number(text) <= 128;
  const mask = canonicalAddress(text);
  if (mask?.family !== 'ipv4') return false;
  const bits = Array.from(addressBytes(mask), (byte) => byte.toString(2).padStart(8, '0')).join('');
  return /^1+0*$/.test(bits);
}
