import {
  hasAnything,
  type HostState,
  type Phase,
  type PlannedOperation,
  touchedObject,
} from '@signalbox/cluster';
import { type Accepted, operationsOf, PHASES, rolloutState } from '../agent/acceptance.ts';
import type { Memory } from '../agent/memory.ts';

/** What is to be put back when it disappears. */
export interface Kept {
  /** Changes with what is kept. */
  readonly id: string;
  readonly rollout: string;
  readonly desired: HostState;
  readonly isKept: (planned: PlannedOperation) => boolean;
}

/**
 * Whether two ways are kept ready, and something of that is here: beside a switch stand hosts that have no part in it.
 * What was accepted and dropped again leaves what was before it.
 */
export function isKeeping({ current, previous }: Accepted): boolean {
  const one = current ?? previous;
  return one?.keep === true && hasAnything(one.desired);
}

/** Null when nothing is kept now, and when it is not known what the host should have: a phase failed or was cut short. */
export function keptNow({ accepted, progress }: Pick<Memory, 'accepted' | 'progress'>): Kept | null {
  const { current, previous } = accepted;
  if (!isKeeping(accepted)) return null;
  if (current === null) return previous && { id: previous.rollout, ...previous, isKept: () => true };
  const { id, rollout, desired } = current;
  const { state, done } = rolloutState(current, progress, false);
  // What the rollout is still to do, it does itself.
  const ahead = PHASES.filter((phase) => !done.includes(phase)).flatMap((phase) =>
    operationsOf(current.plan, phase),
  );
  const touched = new Set(ahead.map(touchedObject));
  const keeping = (phases: readonly Phase[]) => (planned: PlannedOperation) =>
    phases.includes(planned.phase) && !touched.has(touchedObject(planned.operation));
  switch (state) {
    case 'done':
    case 'reverted':
      return { id, rollout, desired, isKept: keeping(PHASES) };
    case 'running':
      return { id, rollout, desired, isKept: keeping(done) };
    case 'accepted':
      return previous && { id, ...previous, isKept: keeping(PHASES) };
    case 'failed':
    case 'interrupted':
      return null;
  }
}
