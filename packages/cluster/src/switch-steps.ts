import type { ForwardingMethod } from './ipvs.ts';
import type { Topology, VirtualService } from './topology.ts';

/** A way that hosts are ready for besides the one that the service's new connections take. */
export interface PreparedWay {
  readonly serviceId: string;
  readonly method: ForwardingMethod;
  /** The way itself is down: its director only still has entries of connections that it had. */
  readonly remembered?: true;
}

/** Whether hosts are ready for the way, not only a director that has not forgotten it. */
export const isReady = ({ remembered }: PreparedWay): boolean => remembered !== true;

/** Which services are to be forwarded by another method, all at once. */
export interface SwitchOrder {
  readonly services: readonly string[];
  readonly to: ForwardingMethod;
}

export const SWITCH_STEPS = ['from', 'prepared', 'flipped', 'done'] as const;
export type SwitchStepName = (typeof SWITCH_STEPS)[number];

/** Whether only one way is ready there. */
export const isEndStep = (step: SwitchStepName): boolean => step === 'from' || step === 'done';

/** One station of the walk (docs/decisions/002): what every host should have is `desiredFor(topology, node, prepared)`. */
export interface SwitchStep {
  readonly name: SwitchStepName;
  readonly topology: Topology;
  readonly prepared: readonly PreparedWay[];
}

/**
 * The four steps from the services' methods to another one. The same services walked the other way give the same steps
 * in reverse (where no destination had a method of its own: those follow the service, and only going back to the first
 * step brings them back). A service that goes that way already is in every step as it is.
 */
export function switchSteps(topology: Topology, { services, to }: SwitchOrder): readonly SwitchStep[] {
  const moving = topology.services.filter((one) => services.includes(one.id) && !goesBy(one, to));
  const after = withMethod(topology, { services: moving.map(({ id }) => id), to });
  return [
    { name: 'from', topology, prepared: [] },
    { name: 'prepared', topology, prepared: moving.map(({ id }) => ({ serviceId: id, method: to })) },
    {
      name: 'flipped',
      topology: after,
      prepared: moving.flatMap((service) =>
        methodsOf(service)
          .filter((method) => method !== to)
          .map((method) => ({ serviceId: service.id, method })),
      ),
    },
    { name: 'done', topology: after, prepared: [] },
  ];
}

/** Every method by which the service's destinations are forwarded, the service's own first. */
export const methodsOf = ({ method, destinations }: VirtualService): ForwardingMethod[] => [
  ...new Set([method, ...destinations.map((destination) => destination.method ?? method)]),
];

/** Whether the service and every destination of it go that way. */
export const goesBy = (service: VirtualService, to: ForwardingMethod): boolean =>
  methodsOf(service).every((method) => method === to);

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
