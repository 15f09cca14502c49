import type { ForwardingMethod } from './ipvs.ts';

/** What people call a method. */
export const methodNames: Readonly<Record<ForwardingMethod, string>> = {
  masq: 'NAT',
  gate: 'DR',
  ipip: 'TUN',
};
