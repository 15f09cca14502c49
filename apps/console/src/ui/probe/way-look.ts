import type { ForwardingMethod } from '@signalbox/cluster';

/** The colour of a way; of one that is not known, none. */
export const wayColor = (method: ForwardingMethod | null): string =>
  method === null ? 'var(--ink-3)' : method === 'masq' ? 'var(--nat)' : 'var(--dr)';

export const wayText = (method: ForwardingMethod | null): string =>
  method === null ? 'text-ink' : method === 'masq' ? 'text-nat' : 'text-dr';

const shades = [1, 0.5, 0.75, 0.3] as const;

/** Real servers are told apart by shade: the first is full, the second pale. */
export const shadeOf = (index: number): number => shades[index % shades.length] ?? 1;
