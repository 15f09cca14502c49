// Identity: what the kernel uses to tell two objects apart, as stable text.
import type { Address } from './address.ts';
import { addressSortText, compareText } from './address-kind.ts';
import type { ServiceKey } from './host-state.ts';

/** `192.168.0.1:80`, `[2001:db8::1]:80`: as ipvsadm and URLs write it. */
export const endpointText = (address: Address, port: number): string =>
  address.family === 'ipv4' ? `${address.text}:${port}` : `[${address.text}]:${port}`;

/** What a person calls a virtual service: `tcp 192.168.0.111:80`, `FWM 10`, `FWM 10 IPv6`. Unique per service. */
export function serviceKeyText(key: ServiceKey): string {
  switch (key.kind) {
    case 'address':
      return `${key.protocol} ${endpointText(key.address, key.port)}`;
    case 'fwmark':
      return key.family === 'ipv4' ? `FWM ${key.mark}` : `FWM ${key.mark} IPv6`;
  }
}

export const sameServiceKey = (a: ServiceKey, b: ServiceKey): boolean =>
  serviceKeyText(a) === serviceKeyText(b);

/** The family of the addresses that a service balances. */
export const serviceFamily = (key: ServiceKey): Address['family'] =>
  key.kind === 'address' ? key.address.family : key.family;

/** A text whose plain order is ours for services: by protocol, address and port as numbers; marks last. */
export const serviceSortText = (key: ServiceKey): string =>
  key.kind === 'address'
    ? `address ${key.protocol} ${addressSortText(key.address)} ${padded(key.port)}`
    : `fwmark ${key.family} ${padded(key.mark)}`;

export const compareServiceKeys = (a: ServiceKey, b: ServiceKey): number =>
  compareText(serviceSortText(a), serviceSortText(b));

/** What identifies a destination within its service. */
export interface Endpoint {
  readonly address: Address;
  readonly port: number;
}

export const endpointSortText = ({ address, port }: Endpoint): string =>
  `${addressSortText(address)} ${padded(port)}`;

export const compareEndpoints = (a: Endpoint, b: Endpoint): number =>
  compareText(endpointSortText(a), endpointSortText(b));

/** Numbers that sort as text: ten digits hold any u32. */
export const padded = (value: number): string => String(value).padStart(10, '0');
