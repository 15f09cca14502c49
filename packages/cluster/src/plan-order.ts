import { compareText } from './address-kind.ts';
import type { Phase, PlannedOperation } from './operation.ts';

/**
 * The order inside each phase (docs/decisions/001). Prepare builds what a service stands on, before the service.
 * Switch moves traffic of services in use, so it begins when every host is prepared and ends before any host retires
 * what the traffic needed; what makes something live comes before what quiesces and leaves. Retire is prepare reversed.
 */
const order = {
  prepare: ['sysctl', 'route', 'rule', 'address', 'service', 'destination'],
  switch: ['replaceRoute', 'editService', 'enliven', 'mark', 'edit', 'quiesce', 'leave'],
  retire: ['mark', 'destination', 'service', 'address', 'rule', 'route', 'sysctl'],
} as const satisfies Record<Phase, readonly string[]>;

const phases: readonly Phase[] = ['prepare', 'switch', 'retire'];

/** Where an operation stands in a plan; `text` orders operations of one place. */
export type Place = {
  [P in Phase]: { readonly phase: P; readonly stage: (typeof order)[P][number]; readonly text: string };
}[Phase];

export interface PlacedOperation {
  readonly place: Place;
  readonly operation: PlannedOperation['operation'];
}

/** The operations as a plan: sorted by phase, stage and text. */
export function inOrder(placed: readonly PlacedOperation[]): PlannedOperation[] {
  return placed
    .map(({ place, operation }) => ({ phase: place.phase, operation, sortText: sortText(place) }))
    .sort((a, b) => compareText(a.sortText, b.sortText))
    .map(({ phase, operation }) => ({ phase, operation }));
}

function sortText(place: Place): string {
  const stages: readonly string[] = order[place.phase];
  return `${phases.indexOf(place.phase)} ${stages.indexOf(place.stage)} ${place.text}`;
}
