// How old a value is, and what that makes of it.
import type { HostLive } from '../api/contract.ts';

/** Agents send a reading each second. */
export const INTERVAL_MS = 1000;
/** Older than this and a value is shown grey, with its age. */
export const STALE_AFTER_MS = 3 * INTERVAL_MS;

export type Freshness =
  | { readonly kind: 'fresh'; readonly ageMs: number }
  /** The last known figures, of a host that does not answer or whose readings stopped coming. */
  | { readonly kind: 'stale'; readonly ageMs: number }
  /** No reading ever arrived. */
  | { readonly kind: 'never' };

/** `consoleNowMs` is now by the console's clock: our clock plus the offset of the live state. */
export function freshnessOf(
  host: Pick<HostLive, 'agent' | 'receivedAt' | 'reading'>,
  consoleNowMs: number,
): Freshness {
  const at = host.receivedAt === null ? Number.NaN : Date.parse(host.receivedAt);
  if (Number.isNaN(at) || host.reading === null) return { kind: 'never' };
  // Clocks that jump back would make an age negative.
  const ageMs = Math.max(0, consoleNowMs - at);
  const fresh = ageMs <= STALE_AFTER_MS && host.agent.kind === 'answers';
  return { kind: fresh ? 'fresh' : 'stale', ageMs };
}
