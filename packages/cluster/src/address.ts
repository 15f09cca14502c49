import * as z from 'zod';
import { canonicalAddress } from './address-text.ts';

/** An IP address: its family and its one canonical text (RFC 5952 for IPv6). */
export const Address = z
  .object({ family: z.enum(['ipv4', 'ipv6']), text: z.string() })
  .refine((a) => canonicalAddress(a.text)?.family === a.family && canonicalAddress(a.text)?.text === a.text, {
    message: 'not a canonical IP address',
  });
export type Address = z.infer<typeof Address>;
export type Family = Address['family'];

/** An address with its prefix length in bits: an interface's address or, with host bits zero, a network. */
export const Cidr = z
  .object({ address: Address, prefix: z.int().min(0).max(128) })
  .refine((c) => c.prefix <= (c.address.family === 'ipv4' ? 32 : 128), {
    message: 'prefix too long for the family',
  });
export type Cidr = z.infer<typeof Cidr>;
