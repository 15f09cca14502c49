import type { ForwardingMethod } from '@signalbox/cluster';

/** Where the services of a switch came from; null when they came from several ways. Pure. */
export function cameFrom({
  services,
}: {
  readonly services: readonly { readonly from: ForwardingMethod }[];
}): ForwardingMethod | null {
  const ways = new Set(services.map(({ from }) => from));
  const [only] = ways;
  return ways.size === 1 && only !== undefined ? only : null;
}
