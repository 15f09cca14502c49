// What a probe's readings add up to. Pure: the console counts on while a page is away, and the page goes on from there.
import type { ProbeReading } from '@signalbox/agent-api';

/** Servers are told apart by what they answer; beyond this many the rest is one. */
const SERVERS = 60;
export const OTHERS = '…';

export interface Totals {
  readonly requests: number;
  readonly failed: number;
  /** Long connections that broke. */
  readonly lost: number;
  readonly servers: ReadonlyMap<string, number>;
}

export const noTotals: Totals = { requests: 0, failed: 0, lost: 0, servers: new Map() };

export const added = (totals: Totals, { requests, failed, answers, longLived }: ProbeReading): Totals => ({
  requests: totals.requests + requests,
  failed: totals.failed + failed,
  lost: totals.lost + longLived.lost,
  servers: counted(
    totals.servers,
    answers.map(({ by, count }) => ({ reason: by, count })),
  ),
});

export function counted(
  counts: ReadonlyMap<string, number>,
  more: ProbeReading['failures'],
): ReadonlyMap<string, number> {
  if (more.length === 0) return counts;
  const next = new Map(counts);
  for (const { reason, count } of more) {
    const key = next.has(reason) || next.size < SERVERS ? reason : OTHERS;
    next.set(key, (next.get(key) ?? 0) + count);
  }
  return next;
}
