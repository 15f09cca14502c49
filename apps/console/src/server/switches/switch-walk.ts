// Where a switch stands, and what every host should have there. Pure.
import {
  desiredFor,
  isEndStep,
  type PreparedWay,
  SWITCH_STEPS,
  type SwitchOrder,
  type SwitchStep,
  type SwitchStepName,
  switchSteps,
  type Topology,
  withMethod,
} from '@signalbox/cluster';
import type { StoredCluster, StoredSwitch } from '@signalbox/db';
import type { Desires } from '../clusters/review.ts';
import { appliedTopology, nodesToCover } from '../clusters/cluster-view.ts';
import { recordOf } from './switch-record.ts';

type Walker = Pick<StoredSwitch, 'services' | 'to' | 'step' | 'record'>;

const place = (step: SwitchStepName) => SWITCH_STEPS.indexOf(step);

/** From one station to its neighbour; from an end to itself where directors forget connections that were cut. */
export interface Hop {
  readonly from: SwitchStepName;
  readonly to: SwitchStepName;
  /** Connections of the way that is taken down are cut, so directors remember them at the end. */
  readonly cuts?: boolean;
}

export const isForward = ({ from, to }: Hop): boolean => place(to) > place(from);

/** Between the two middle stations: new connections change their way. */
export const isFlip = ({ from, to }: Hop): boolean => !isEndStep(from) && !isEndStep(to);

export const isFlipForward = (hop: Hop): boolean => isForward(hop) && isFlip(hop);

/** What was ordered, as the cluster's own questions take it. */
export const orderOf = ({ services, to }: Pick<Walker, 'services' | 'to'>): SwitchOrder => ({
  services: services.map(({ serviceId }) => serviceId),
  to,
});

/** Whether a walk with this target ends where new connections go the way they came from. */
export const goesBack = (target: SwitchStepName): boolean => place(target) < place('flipped');

/** Where a walk ends that goes back: both ways stay where they are to be kept and the flip was made once. */
export const backTarget = ({ warm, flippedAt }: Pick<StoredSwitch, 'warm' | 'flippedAt'>): SwitchStepName =>
  warm && flippedAt !== null ? 'prepared' : 'from';

/** One station nearer to the target; null when it is there. */
export function nextStep(step: SwitchStepName, target: SwitchStepName): SwitchStepName | null {
  const way = Math.sign(place(target) - place(step));
  return way === 0 ? null : (SWITCH_STEPS[place(step) + way] ?? null);
}

/** The four steps over what is applied now, which has the new method once the flip was read back. */
export function stepsOf(
  applied: Topology,
  { services, to }: Omit<Walker, 'step' | 'record'>,
): readonly SwitchStep[] {
  const origin = services.reduce(
    (topology, { serviceId, from }) => backTo(topology, { serviceId, from, to }),
    applied,
  );
  return switchSteps(origin, orderOf({ services, to }));
}

/** Before the flip nothing is to be undone, and destinations may have methods of their own. */
function backTo(
  topology: Topology,
  {
    serviceId,
    from,
    to,
  }: { serviceId: string; from: Topology['services'][number]['method']; to: Walker['to'] },
): Topology {
  const service = topology.services.find(({ id }) => id === serviceId);
  return service?.method === to ? withMethod(topology, { services: [serviceId], to: from }) : topology;
}

/** The ways that hosts must be kept ready for because of this switch, or remember, whatever else is applied meanwhile. */
export function preparedBy({ services, to, step, record }: Walker): readonly PreparedWay[] {
  switch (step) {
    case 'prepared':
      return services.map(({ serviceId }) => ({ serviceId, method: to }));
    case 'flipped':
      return services.map(({ serviceId, from }) => ({ serviceId, method: from }));
    case 'from':
    case 'done':
      return recordOf({ record }).forgottenAt === null ? [] : rememberedAt(step, { services, to });
  }
}

/** DR where it was taken down: directors still have entries of its connections. */
function rememberedAt(
  end: SwitchStepName,
  { services, to }: Pick<Walker, 'services' | 'to'>,
): readonly PreparedWay[] {
  return services
    .map(({ serviceId, from }) => {
      const method = end === 'done' ? from : to;
      return { serviceId, method, remembered: true } as const;
    })
    .filter(({ method }) => method === 'gate');
}

/** What turns the hosts from one step into another. */
export function desiresBetween(
  cluster: StoredCluster,
  walker: Omit<Walker, 'step' | 'record'>,
  { from, to, cuts = false }: Hop,
): Desires {
  const steps = stepsOf(appliedTopology(cluster), walker);
  const at = (name: SwitchStepName, remembers: boolean) => (nodeId: string) => {
    const step = steps.find((candidate) => candidate.name === name);
    if (!step) throw new Error(`There is no step ${name}.`);
    const remembered = remembers ? rememberedAt(name, walker) : [];
    return desiredFor(step.topology, nodeId, [...step.prepared, ...remembered]);
  };
  const desired = at(to, cuts);
  return { clusterId: cluster.id, nodes: nodesToCover(cluster), desired, before: at(from, from === to) };
}
