// Where a switch stands, and what every host should have there. Pure.
import {
  desiredFor,
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

type Walker = Pick<StoredSwitch, 'services' | 'to' | 'step'>;

const place = (step: SwitchStepName) => SWITCH_STEPS.indexOf(step);

/** From one station to its neighbour. */
export interface Hop {
  readonly from: SwitchStepName;
  readonly to: SwitchStepName;
}

export const isForward = ({ from, to }: Hop): boolean => place(to) > place(from);

/** Between the two middle stations: new connections change their way. */
export const isFlip = ({ from, to }: Hop): boolean =>
  from !== 'from' && from !== 'done' && to !== 'from' && to !== 'done';

export const isFlipForward = (hop: Hop): boolean => isForward(hop) && isFlip(hop);

/** What was ordered, as the cluster's own questions take it. */
export const orderOf = ({ services, to }: Pick<Walker, 'services' | 'to'>): SwitchOrder => ({
  services: services.map(({ serviceId }) => serviceId),
  to,
});

/** Whether a walk with this target ends where new connections go the way they came from. */
export const goesBack = (target: SwitchStepName): boolean => place(target) < place('flipped');

/** One station nearer to the target; null when it is there. */
export function nextStep(step: SwitchStepName, target: SwitchStepName): SwitchStepName | null {
  const way = Math.sign(place(target) - place(step));
  return way === 0 ? null : (SWITCH_STEPS[place(step) + way] ?? null);
}

/** The four steps over what is applied now, which has the new method once the flip was read back. */
export function stepsOf(applied: Topology, { services, to }: Omit<Walker, 'step'>): readonly SwitchStep[] {
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

/** The ways that hosts must be kept ready for because of this switch, whatever else is applied meanwhile. */
export function preparedBy({ services, to, step }: Walker): readonly PreparedWay[] {
  switch (step) {
    case 'prepared':
      return services.map(({ serviceId }) => ({ serviceId, method: to }));
    case 'flipped':
      return services.map(({ serviceId, from }) => ({ serviceId, method: from }));
    case 'from':
    case 'done':
      return [];
  }
}

/** What turns the hosts from one step into another. */
export function desiresBetween(
  cluster: StoredCluster,
  walker: Omit<Walker, 'step'>,
  { from, to }: Hop,
): Desires {
  const steps = stepsOf(appliedTopology(cluster), walker);
  const at = (name: SwitchStepName) => (nodeId: string) => {
    const step = steps.find((candidate) => candidate.name === name);
    if (!step) throw new Error(`There is no step ${name}.`);
    return desiredFor(step.topology, nodeId, step.prepared);
  };
  return { clusterId: cluster.id, nodes: nodesToCover(cluster), desired: at(to), before: at(from) };
}
