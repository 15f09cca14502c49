// How far a rollout is. Pure.
import type { RolloutHost, RolloutView } from '../../api/contract.ts';
import type { LampState } from '../kit/lamp.tsx';

export interface Progress {
  readonly done: number;
  readonly of: number;
}

/** Operations done of all there are: while a phase runs, what its host has told of it. */
export function rolloutProgress({ hosts }: Pick<RolloutView, 'hosts'>): Progress {
  return hosts
    .flatMap(({ phases }) => phases)
    .map(phaseProgress)
    .reduce((sum, { done, of }) => ({ done: sum.done + done, of: sum.of + of }), { done: 0, of: 0 });
}

/** Results count when they are there, since a phase that failed has done less than it says. */
export function phaseProgress(phase: RolloutHost['phases'][number]): Progress {
  const { state, results, done, of } = phase;
  if (state === 'waiting' || state === 'running') return { done, of: Math.max(of, results.length) };
  return {
    done: results.filter(({ outcome }) => outcome.kind === 'done').length,
    of: results.length,
  };
}

/** Phases with something to do on this host. */
export const busyPhases = ({ phases }: RolloutHost): RolloutHost['phases'] =>
  phases.filter(({ results, of }) => results.length > 0 || of > 0);

export const rolloutLamp = (state: RolloutView['state']): LampState =>
  state === 'done' ? 'ok' : state === 'stopped' ? 'bad' : 'off';
