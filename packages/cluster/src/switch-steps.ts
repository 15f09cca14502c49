import type { ForwardingMethod } from './ipvs.ts';
import type { Topology } from './topology.ts';

/** A way that hosts are ready for besides the one that the service's new connections take. */
export interface PreparedWay {
  readonly serviceId: string;
  readonly method: ForwardingMethod;
}

/** Which services are to be forwarded by another method, all at once. */
export interface SwitchOrder {
  readonly services: readonly string[];
  readonly to: ForwardingMethod;
}

export const SWITCH_STEPS = ['from', 'prepared', 'flipped', 'done'] as const;
export type SwitchStepName = (typeof SWITCH_STEPS)[number];

/** One station of the walk (docs/decisions/002): what every host should have is `desiredFor(topology, node, prepared)`. */
export interface SwitchStep {
  readonly name: SwitchStepName;
  readonly topology: Topology;
  readonly prepared: readonly PreparedWay[];
}

/**
 * The four steps from the services' methods to another one. The same services walked the other way give the same steps
 * in reverse. A service that goes that way already is in every step as it is.
 */
export function switchSteps(topology: Topology, { services, to }: SwitchOrder): readonly SwitchStep[] {
  const moving = topology.services.filter(({ id, method }) => services.includes(id) && method !== to);
  const after = withMethod(topology, { services, to });
  const ways = (methodOf: (from: ForwardingMethod) => ForwardingMethod): PreparedWay[] =>
    moving.map(({ id, method }) => ({ serviceId: id, method: methodOf(method) }));
  return [
    { name: 'from', topology, prepared: [] },
    { name: 'prepared', topology, prepared: ways(() => to) },
    { name: 'flipped', topology: after, prepared: ways((from) => from) },
    { name: 'done', topology: after, prepared: [] },
  ];
}

/** The topology with the services' method changed. Destinations that had a method of their own follow. */
export function withMethod(topology: Topology, { services, to }: SwitchOrder): Topology {
  return {
    ...topology,
    services: topology.services.map((service) =>
      services.includes(service.id)
        ? {
            ...service,
            method: to,
            destinations: service.destinations.map((destination) => ({ ...destination, method: null })),
          }
        : service,
    ),
  };
}
