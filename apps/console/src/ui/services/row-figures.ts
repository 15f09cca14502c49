// What a row of the services table says: figures of the director's kernel, and the state they add up to. Pure.
import type {
  Counters,
  Destination,
  Rates,
  ServiceReading,
  Topology,
  VirtualService,
} from '@signalbox/cluster';
import { type Freshness, freshnessOf } from '../../live/age.ts';
import { seriesOfDestination, seriesOfService } from '../../live/history.ts';
import {
  connectionsOf,
  destinationReading,
  endpointOf,
  type ServiceAt,
  serviceAt,
  serviceReading,
} from '../figures/readings.ts';
import type { Hosts } from '../figures/totals.ts';
import type { LampState } from '../kit/lamp.tsx';

/** What rows are computed from. */
export interface Source {
  readonly topology: Topology;
  readonly hosts: Hosts;
  readonly nowMs: number;
  /** All that is drawn was applied: what the kernel has not, somebody took from it. */
  readonly settled: boolean;
}

export interface RowFigures {
  readonly active: number;
  readonly inactive: number;
  readonly counters: Counters;
  readonly rates: Rates;
}

export type RowState =
  | { readonly kind: 'serving' | 'noTraffic' | 'noDestination' | 'allQuiet' }
  | { readonly kind: 'up' | 'quiet' | 'notApplied' | 'gone' | 'unknown' }
  /** The kernel sends clients to others too, which are not in the drawing. */
  | { readonly kind: 'notDrawn'; readonly endpoints: readonly string[] }
  /** The kernel has another weight than what is drawn. */
  | { readonly kind: 'differs'; readonly weight: number }
  | { readonly kind: 'stale'; readonly ageMs: number };

export interface RowFacts {
  readonly figures: RowFigures | null;
  readonly state: RowState;
  /** Figures are shown grey: they are old. */
  readonly stale: boolean;
  /** Name of the series of its last minute. */
  readonly series: string | null;
}

export function serviceFacts(source: Source, service: VirtualService): RowFacts {
  const at = serviceAt(source.topology, service);
  const host = at ? source.hosts.get(at.directorId) : undefined;
  const freshness = freshnessAt(source, at);
  const reading = at && serviceReading(host?.reading ?? null, at.name);
  const figures = reading && {
    ...connectionsOf(reading),
    counters: reading.counters,
    rates: reading.rates,
  };
  return {
    figures,
    stale: freshness.kind === 'stale',
    series: at && seriesOfService(at.directorId, at.name),
    state: serviceState(service, { source, freshness, reading }),
  };
}

interface ServiceSeen {
  readonly source: Source;
  readonly freshness: Freshness;
  readonly reading: ServiceReading | null;
}

function serviceState(service: VirtualService, { source, freshness, reading }: ServiceSeen): RowState {
  const { destinations } = service;
  if (destinations.length === 0) return { kind: 'noDestination' };
  if (freshness.kind === 'never') return { kind: 'unknown' };
  if (freshness.kind === 'stale') return freshness;
  if (reading === null) return missing(source);
  const endpoints = notDrawn(service, reading);
  if (endpoints.length > 0) return { kind: 'notDrawn', endpoints };
  if (destinations.every(({ weight }) => weight === 0)) return { kind: 'allQuiet' };
  const busy = connectionsOf(reading).active + reading.rates.connections + reading.rates.inPackets > 0;
  return { kind: busy ? 'serving' : 'noTraffic' };
}

const missing = ({ settled }: Source): RowState => ({ kind: settled ? 'gone' : 'notApplied' });

/** Destinations that the kernel has for a service and the drawing has not. */
function notDrawn({ destinations }: VirtualService, reading: ServiceReading): string[] {
  const drawn = new Set(destinations.map(endpointOf));
  return reading.destinations.map(endpointOf).filter((endpoint) => !drawn.has(endpoint));
}

export function destinationFacts(
  source: Source,
  service: VirtualService,
  destination: Destination,
): RowFacts {
  const at = serviceAt(source.topology, service);
  const endpoint = endpointOf(destination);
  const host = at ? source.hosts.get(at.directorId) : undefined;
  const freshness = freshnessAt(source, at);
  const reading = at && destinationReading(host?.reading ?? null, at.name, endpoint);
  const figures = reading && {
    active: reading.active,
    inactive: reading.inactive,
    counters: reading.counters,
    rates: reading.rates,
  };
  const state = (): RowState => {
    if (freshness.kind === 'never') return { kind: 'unknown' };
    if (freshness.kind === 'stale') return freshness;
    if (!reading) return missing(source);
    if (reading.weight !== destination.weight) return { kind: 'differs', weight: reading.weight };
    return { kind: reading.weight === 0 ? 'quiet' : 'up' };
  };
  return {
    figures,
    stale: freshness.kind === 'stale',
    series: at && seriesOfDestination(at.directorId, at.name, endpoint),
    state: state(),
  };
}

/** Directors whose kernel has something else than what was applied: services, destinations and weights are compared. */
export function changedElsewhere(source: Source): string[] {
  const changed = new Set<string>();
  for (const service of source.topology.services) {
    const at = serviceAt(source.topology, service);
    if (at === null || changed.has(at.directorId) || freshnessAt(source, at).kind !== 'fresh') continue;
    const host = source.hosts.get(at.directorId)?.reading ?? null;
    const isAsDrawn = (one: Destination) =>
      destinationReading(host, at.name, endpointOf(one))?.weight === one.weight;
    const { destinations } = service;
    const count = serviceReading(host, at.name)?.destinations.length;
    if (count !== destinations.length || !destinations.every(isAsDrawn)) changed.add(at.directorId);
  }
  return [...changed];
}

function freshnessAt({ hosts, nowMs }: Source, at: ServiceAt | null): Freshness {
  const host = at ? hosts.get(at.directorId) : undefined;
  return host ? freshnessOf(host, nowMs) : { kind: 'never' };
}

/** Green only for what was seen to be so. */
export const lampOf = (state: RowState): LampState => {
  switch (state.kind) {
    case 'serving':
    case 'up':
      return 'ok';
    case 'noTraffic':
    case 'unknown':
    case 'stale':
      return 'off';
    case 'allQuiet':
    case 'noDestination':
    case 'quiet':
    case 'notApplied':
    case 'gone':
    case 'notDrawn':
    case 'differs':
      return 'warn';
  }
};
