import type { HostReading } from '@signalbox/cluster';

/** Bytes per second through one interface. */
export interface LinkRate {
  readonly inBytes: number;
  readonly outBytes: number;
}

/**
 * What moved between two readings of one host, per second of the host's own clock. Null when they are not in order
 * (an agent that restarted counts from the start again).
 */
export function linkRates(before: HostReading, after: HostReading): ReadonlyMap<string, LinkRate> | null {
  const seconds = (Date.parse(after.at) - Date.parse(before.at)) / 1000;
  if (!(seconds > 0)) return null;
  const earlier = new Map(before.links.map((link) => [link.name, link]));
  const rates = new Map<string, LinkRate>();
  for (const { name, inBytes, outBytes } of after.links) {
    const from = earlier.get(name);
    // Counters that fell belong to an interface that was made anew.
    if (!from || inBytes < from.inBytes || outBytes < from.outBytes) continue;
    rates.set(name, {
      inBytes: (inBytes - from.inBytes) / seconds,
      outBytes: (outBytes - from.outBytes) / seconds,
    });
  }
  return rates;
}
