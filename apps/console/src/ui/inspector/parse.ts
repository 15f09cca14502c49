// Text of a field to the value it stands for. Null: it cannot be read. Whether a value makes sense is for the rules.
import {
  type Address,
  type Cidr,
  canonicalAddress,
  formatCidr,
  InterfaceName,
  parseCidr,
} from '@signalbox/cluster';
import type { Parse } from '../kit/parsed-field.tsx';

const value = <T>(read: T | null): { readonly value: T } | null => (read === null ? null : { value: read });

export const parseName: Parse<string> = (text) => {
  const name = text.trim();
  return value(name.length >= 1 && name.length <= 64 ? name : null);
};

export const parseInterfaceName: Parse<string> = (text) => value(InterfaceName.safeParse(text).data ?? null);

/** A whole number between two, both included. */
export const parseNumber =
  (least: number, most: number): Parse<number> =>
  (text) => {
    if (!/^\d{1,10}$/.test(text.trim())) return null;
    const number = Number(text);
    return value(number >= least && number <= most ? number : null);
  };

export const parsePort = parseNumber(1, 65_535);
export const parseWeight = parseNumber(0, 65_535);
export const parseThreshold = parseNumber(0, 0xff_ff_ff_ff);

export const parseAddress: Parse<Address> = (text) => value(canonicalAddress(text.trim()));

/** Nothing written is no address. */
export const parseOptionalAddress: Parse<Address | null> = (text) =>
  text.trim() === '' ? { value: null } : parseAddress(text);

export const parseCidrText: Parse<Cidr> = (text) => value(parseCidr(text.trim()));

/** Ranges separated by commas; at least one. */
export const parseCidrs: Parse<Cidr[]> = (text) => {
  const parts = text.split(',').map((part) => parseCidr(part.trim()));
  const cidrs = parts.filter((part) => part !== null);
  return value(cidrs.length === parts.length && cidrs.length > 0 ? cidrs : null);
};

export const formatCidrs = (cidrs: readonly Cidr[]): string => cidrs.map(formatCidr).join(', ');

/** A host name or an address; nothing written is no agent. */
export const parseHost: Parse<string> = (text) => {
  const host = text.trim();
  return value(/^[^\s/]{0,253}$/.test(host) ? host : null);
};

/** Whether it is one, and of which family, is for the rules. */
export const parseNetmask: Parse<string> = (text) =>
  value(/^[\d.]{1,15}$/.test(text.trim()) ? text.trim() : null);

/** Seconds; 0 or nothing is no persistence. */
export const parseTimeout: Parse<number | null> = (text) => {
  const trimmed = text.trim();
  return trimmed === '' || trimmed === '0' ? { value: null } : parseNumber(1, 2_678_400)(trimmed);
};
