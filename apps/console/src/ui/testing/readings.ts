// Hosts as the stream tells of them, for tests: small numbers, one second apart.
import type { DestinationReading, HostReading, ServiceReading } from '@signalbox/cluster';
import type { HostLive } from '../../api/contract.ts';
import { type HostSeen, mergeLive, nothingHeard } from '../../live/live-state.ts';

const flow = (factor: number) => ({
  connections: factor,
  inPackets: 10 * factor,
  outPackets: 20 * factor,
  inBytes: 1000 * factor,
  outBytes: 8000 * factor,
});

/** A destination on port 80 with `active` connections and rates of `active` times a unit. */
export const destinationRead = (address: string, active: number, weight = 1): DestinationReading => ({
  address: { family: 'ipv4', text: address },
  port: 80,
  method: 'masq',
  weight,
  active,
  inactive: 2 * active,
  persistent: 0,
  counters: flow(100 * active),
  rates: flow(active),
});

/** The web service of the two-arms drawing with these destinations. */
export function webRead(destinations: DestinationReading[], port = 80): ServiceReading {
  const active = destinations.reduce((sum, one) => sum + one.active, 0);
  return {
    key: { kind: 'address', protocol: 'tcp', address: { family: 'ipv4', text: '192.168.0.111' }, port },
    counters: flow(100 * active),
    rates: flow(active),
    destinations,
  };
}

export const START_MS = Date.parse('2030-01-01T00:00:00.000Z');
export const isoAt = (seconds: number): string => new Date(START_MS + 1000 * seconds).toISOString();

/** A reading taken so many seconds after the start. */
export const readAt = (seconds: number, parts: Partial<HostReading> = {}): HostReading => ({
  at: isoAt(seconds),
  sequence: seconds,
  services: [],
  links: [],
  ...parts,
});

export const answering = (nodeId: string, seconds: number, parts: Partial<HostReading> = {}): HostLive => ({
  nodeId,
  agent: { kind: 'answers', version: '1.0.0', roundTripMs: 3 },
  reading: readAt(seconds, parts),
  receivedAt: isoAt(seconds),
});

export const lost = (nodeId: string, since: number, before: HostLive | null): HostLive => ({
  nodeId,
  agent: { kind: 'unreachable', since: isoAt(since), message: 'The agent ended the stream.' },
  reading: before?.reading ?? null,
  receivedAt: before?.receivedAt ?? null,
});

/** Hosts as a browser has them after hearing this of each. */
export const heard = (...hosts: readonly HostLive[]): ReadonlyMap<string, HostSeen> =>
  mergeLive(nothingHeard, { kind: 'all', now: isoAt(0), hosts }, START_MS).hosts;
