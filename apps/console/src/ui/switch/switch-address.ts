// The addresses of the switch's pages: an order that is being looked at can be linked to, left and come back to. Pure.
import type { Position } from './lever-reading.ts';

export interface SwitchOrderAddress {
  readonly to: Position;
  /** Null: all services of the cluster. */
  readonly services: readonly string[] | null;
  /** Left out by hand, among the refused. */
  readonly without: readonly string[];
}

export const switchPath = (clusterId: string, switchId: string): string =>
  `/clusters/${clusterId}/switch/${switchId}`;

export function orderPath(clusterId: string, { to, services, without }: SwitchOrderAddress): string {
  const query = new URLSearchParams({ to });
  if (services !== null) query.set('services', services.join(','));
  if (without.length > 0) query.set('without', without.join(','));
  return `/clusters/${clusterId}/switch?${query.toString()}`;
}

interface Query {
  get(name: string): string | null;
}

/** What the address asks for; without a direction it is the one that most services do not go. */
export function readOrder(query: Query, otherwise: Position): SwitchOrderAddress {
  const to = query.get('to');
  const services = query.get('services');
  return {
    to: to === 'masq' || to === 'gate' ? to : otherwise,
    services: services === null ? null : listed(services),
    without: listed(query.get('without') ?? ''),
  };
}

const listed = (text: string): string[] => text.split(',').filter((id) => id !== '');
