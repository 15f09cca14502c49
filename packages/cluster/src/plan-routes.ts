import { formatCidr } from './cidr.ts';
import type { HostRoute } from './host-state.ts';
import { padded } from './keys.ts';
import { match } from './matching.ts';
import { objectKey } from './object-key.ts';
import type { PlacedOperation } from './plan-order.ts';
import { sameNextHop } from './same-configuration.ts';

/**
 * Routes of one key cannot stand side by side, so one that changes its next hop is deleted and added in the switch
 * phase, one right after the other.
 */
export function planRoutes(desired: readonly HostRoute[], owned: readonly HostRoute[]): PlacedOperation[] {
  const { added, removed, kept } = match(desired, owned, (route) => objectKey({ kind: 'route', route }));
  return [
    ...added.map(
      (route): PlacedOperation => ({
        place: { phase: 'prepare', stage: 'route', text: longestFirst(route) },
        operation: { kind: 'addRoute', route },
      }),
    ),
    ...removed.map(
      (route): PlacedOperation => ({
        place: { phase: 'retire', stage: 'route', text: shortestFirst(route) },
        operation: { kind: 'deleteRoute', route },
      }),
    ),
    ...kept.filter(({ from, to }) => !sameNextHop(from, to)).flatMap(({ from, to }) => replace(from, to)),
  ];
}

function replace(from: HostRoute, to: HostRoute): PlacedOperation[] {
  const text = longestFirst(to);
  return [
    {
      place: { phase: 'switch', stage: 'replaceRoute', text: `${text} 0` },
      operation: { kind: 'deleteRoute', route: from },
    },
    {
      place: { phase: 'switch', stage: 'replaceRoute', text: `${text} 1` },
      operation: { kind: 'addRoute', route: to },
    },
  ];
}

/** Longer prefixes first: the next hop of a shorter one may be reached by them. */
const longestFirst = (route: HostRoute) => sortText(route, 128 - route.destination.prefix);
const shortestFirst = (route: HostRoute) => sortText(route, route.destination.prefix);

const sortText = ({ table, destination, metric }: HostRoute, rank: number) =>
  `${padded(table)} ${padded(rank)} ${formatCidr(destination)} ${padded(metric)}`;
