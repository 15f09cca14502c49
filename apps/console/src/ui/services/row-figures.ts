// What a row of the services table says: figures of the director's kernel, and the state they add up to. Pure.
import type { Counters, Destination, Rates, Topology, VirtualService } from '@signalbox/cluster';
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
}

export interface RowFigures {
  readonly active: number;
  readonly inactive: number;
  readonly counters: Counters;
  readonly rates: Rates;
}

export type RowState =
  | { readonly kind: 'serving' | 'noTraffic' | 'noDestination' | 'allQuiet' }
  | { readonly kind: 'up' | 'quiet' | 'notApplied' | 'unknown' }
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
    state: serviceState(service, figures, freshness),
  };
}

function serviceState(
  { destinations }: VirtualService,
  figures: RowFigures | null,
  freshness: Freshness,
): RowState {
  if (destinations.length === 0) return { kind: 'noDestination' };
  if (freshness.kind === 'never') return { kind: 'unknown' };
  if (freshness.kind === 'stale') return freshness;
  if (figures === null) return { kind: 'notApplied' };
  if (destinations.every(({ weight }) => weight === 0)) return { kind: 'allQuiet' };
  return { kind: figures.active + figures.rates.connections > 0 ? 'serving' : 'noTraffic' };
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
    if (!reading) return { kind: 'notApplied' };
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
    case 'differs':
      return 'warn';
  }
};
