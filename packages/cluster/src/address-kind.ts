import type { Address } from './address.ts';
import { addressBytes } from './address-text.ts';

/** Identity. Addresses are canonical, so equal text is the same address. */
export const sameAddress = (a: Address, b: Address): boolean => a.family === b.family && a.text === b.text;

/** Numeric order, IPv4 before IPv6: for sorting. */
export function compareAddresses(a: Address, b: Address): number {
  return compareText(addressSortText(a), addressSortText(b));
}

/** A text whose plain order is the numeric order of addresses: cheaper than comparing bytes again and again. */
export function addressSortText(address: Address): string {
  const hex = Array.from(addressBytes(address), (byte) => byte.toString(16).padStart(2, '0'));
  return `${address.family}${hex.join('')}`;
}

/** Order by code unit: the same on every machine, unlike localeCompare. */
export const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** 127.0.0.0/8 and ::1. */
export function isLoopback(address: Address): boolean {
  return address.family === 'ipv4' ? addressBytes(address)[0] === 127 : address.text === '::1';
}

/**
 * Whether one host can have the address: not unspecified (0.0.0.0/8, ::), multicast (224.0.0.0/4, ff00::/8) or
 * reserved (240.0.0.0/4 with the limited broadcast). Loopback counts as unicast.
 */
export function isUnicast(address: Address): boolean {
  const [first = 0] = addressBytes(address);
  return address.family === 'ipv4' ? first > 0 && first < 224 : address.text !== '::' && first !== 0xff;
}
