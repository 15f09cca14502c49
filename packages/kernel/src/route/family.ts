import type { Address, Cidr, Family } from '@signalbox/cluster';
import { everywhere } from '@signalbox/cluster';
import { Malformed } from '../netlink/failure.ts';
import { AF_INET, AF_INET6 } from './uapi.ts';

export const familyNumber = (family: Family): number => (family === 'ipv4' ? AF_INET : AF_INET6);

/** Null for what is neither IPv4 nor IPv6: a dump of everything has multicast routing and more. */
export function familyOf(number: number): Family | null {
  if (number === AF_INET) return 'ipv4';
  return number === AF_INET6 ? 'ipv6' : null;
}

/** A prefix that is split over a header's length and an attribute, which is left out for "everywhere". */
export function cidrOf(family: Family, address: Address | undefined, prefix: number): Cidr {
  if (address === undefined) {
    if (prefix !== 0) throw new Malformed(`a prefix of ${prefix} without an address`);
    return everywhere(family);
  }
  return { address, prefix };
}
