// What a browser knows of a cluster's hosts, merged event by event. Pure: the time comes in as an argument.
import type { HostLive, LiveEvent } from '../api/contract.ts';
import { type LinkRate, linkRates } from './link-rates.ts';

/** A host as last heard of, with what two readings in a row say about its interfaces. */
export interface HostSeen extends HostLive {
  /** Bytes per second by interface name; empty until two readings arrived. */
  readonly linkRates: ReadonlyMap<string, LinkRate>;
}

export interface LiveState {
  readonly hosts: ReadonlyMap<string, HostSeen>;
  /** Console's clock minus ours, in milliseconds: ages are measured by the console's clock. */
  readonly clockOffsetMs: number;
  /** Null until the console said that the cluster was saved, or that a rollout or a switch began or ended. */
  readonly cluster: {
    readonly revision: number;
    readonly rolloutId: string | null;
    readonly switchId: string | null;
  } | null;
  /** Our clock when the last event arrived; null before the first. */
  readonly heardAtMs: number | null;
}

export const nothingHeard: LiveState = { hosts: new Map(), clockOffsetMs: 0, cluster: null, heardAtMs: null };

/** The state after one more event. Events of kinds we do not know (a newer console) change nothing but the clock. */
export function mergeLive(state: LiveState, event: LiveEvent, nowMs: number): LiveState {
  const consoleMs = Date.parse(event.now);
  const clock = {
    heardAtMs: nowMs,
    clockOffsetMs: Number.isNaN(consoleMs) ? state.clockOffsetMs : consoleMs - nowMs,
  };
  switch (event.kind) {
    case 'all':
      return {
        ...state,
        ...clock,
        hosts: new Map(event.hosts.map((host) => [host.nodeId, seen(host, state.hosts.get(host.nodeId))])),
      };
    case 'host': {
      const { host } = event;
      const next = seen(host, state.hosts.get(host.nodeId));
      return { ...state, ...clock, hosts: new Map(state.hosts).set(host.nodeId, next) };
    }
    case 'cluster': {
      const { revision, rolloutId, switchId } = event;
      return { ...state, ...clock, cluster: { revision, rolloutId, switchId } };
    }
    default:
      return { ...state, ...clock };
  }
}

/** What a tab that joins late is told: everything known, as one event. Null while nothing is. */
export function snapshotOf(state: LiveState, nowMs: number): LiveEvent | null {
  if (state.heardAtMs === null) return null;
  const now = new Date(nowMs + state.clockOffsetMs).toISOString();
  return { kind: 'all', now, hosts: [...state.hosts.values()].map(asHeard) };
}

const asHeard = ({ nodeId, agent, reading, receivedAt }: HostSeen): HostLive => ({
  nodeId,
  agent,
  reading,
  receivedAt,
});

function seen(host: HostLive, before: HostSeen | undefined): HostSeen {
  const known = before?.linkRates ?? new Map<string, LinkRate>();
  if (host.reading === null) return { ...host, linkRates: known };
  if (before?.reading?.sequence === host.reading.sequence) return { ...host, linkRates: known };
  const rates = before?.reading ? linkRates(before.reading, host.reading) : null;
  return { ...host, linkRates: rates ?? known };
}
