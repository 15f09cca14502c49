// What a probe's readings add up to. Pure: the console counts on while a page is away, and the page goes on from there.
import type { ProbeReading } from '@signalbox/agent-api';
import type { ProbeCounts } from './switch-contract.ts';

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

/** Totals, and reasons of the failed ones with how often. */
export interface Counted {
  readonly totals: Totals;
  readonly failures: ReadonlyMap<string, number>;
}

/** With one more reading. */
export const added = ({ totals, failures }: Counted, reading: ProbeReading): Counted => ({
  totals: {
    requests: totals.requests + reading.requests,
    failed: totals.failed + reading.failed,
    lost: totals.lost + reading.longLived.lost,
    servers: sum(
      totals.servers,
      reading.answers.map(({ by, count }) => ({ reason: by, count })),
    ),
  },
  failures: sum(failures, reading.failures),
});

function sum(
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

/** All that was counted, as a page is told it. */
export const countsOf = ({ totals, failures }: Counted): ProbeCounts => ({
  ...totals,
  servers: [...totals.servers],
  failures: [...failures],
});
