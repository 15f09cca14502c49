import { compareAddresses } from './address-kind.ts';
import type { Address } from './address.ts';
import { addressBytes } from './address-text.ts';

/**
 * A routing table per next hop: `first` plus its last byte (192.168.137.129 has 5429 of 5300), 256 more when that is
 * taken. The number depends on the address, so that a second one does not renumber the table of the first under live
 * traffic.
 */
export function replyTables(first: number, nextHops: readonly Address[]): (nextHop: Address) => number {
  const taken = new Set<number>();
  const numbers = new Map<string, number>();
  for (const nextHop of nextHops.toSorted(compareAddresses)) {
    if (numbers.has(nextHop.text)) continue;
    let number = first + (addressBytes(nextHop).at(-1) ?? 0);
    while (taken.has(number)) number += 256;
    taken.add(number);
    numbers.set(nextHop.text, number);
  }
  return ({ text }) => numbers.get(text) ?? first;
}
