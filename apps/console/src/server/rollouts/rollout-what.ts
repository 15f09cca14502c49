// What a rollout was, for who reads of it. Pure.
import type { SwitchStepName } from '@signalbox/cluster';
import type { StoredRollout } from '@signalbox/db';
import type { RolloutWhat } from '../../api/contract.ts';

type StepKind = Exclude<RolloutWhat['kind'], 'apply' | 'step'>;

const reached = {
  from: 'undoPrepare',
  prepared: 'prepare',
  flipped: 'flip',
  done: 'retire',
} as const satisfies Record<SwitchStepName, StepKind>;

export function rolloutWhat({ switchId, step }: Pick<StoredRollout, 'switchId' | 'step'>): RolloutWhat {
  if (switchId === null) return { kind: 'apply' };
  if (step === null) return { kind: 'step', switchId };
  const { from, to, ways } = step;
  const kind = from === 'flipped' && to === 'prepared' ? 'undoFlip' : reached[to];
  return { kind, switchId, ...ways };
}
