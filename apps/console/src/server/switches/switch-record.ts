// What is told of a switch: stages with their times, proofs, the drain. Stored beside it as JSON, shown as it is.
import type { SwitchStepName } from '@signalbox/cluster';
import type { StoredSwitch } from '@signalbox/db';
import {
  type SwitchProof,
  type SwitchStage,
  type SwitchStageName,
  switchStages,
  type SwitchTurn,
  type SwitchView,
} from '../../api/switch-contract.ts';

export interface SwitchRecord {
  readonly stages: readonly SwitchStage[];
  readonly proofs: readonly SwitchProof[];
  readonly drain: SwitchView['drain'];
  /** The step that a rollout was begun for and that is not known to be reached. */
  readonly attempting: SwitchStepName | null;
  /** A step that takes a way down was begun and not reached: some hosts may have more than others. */
  readonly uneven: boolean;
  /** When directors will have forgotten the connections that were cut; null where none were, and when they have. */
  readonly forgottenAt: string | null;
  /** The flip is undone unless somebody confirms it; null when it stays, or was confirmed. */
  readonly confirm: SwitchConfirmation | null;
  /** Oldest first. */
  readonly turns: readonly SwitchTurn[];
}

export interface SwitchConfirmation {
  /** How long there is for it, from the beginning of the flip. */
  readonly seconds: number;
  /** When that time is over; null before the flip. */
  readonly by: string | null;
  /** The operator's word, which the directors are still to be told. */
  readonly given: boolean;
}

export const newRecord = (confirmWithin: number | null = null): SwitchRecord => ({
  stages: switchStages.map((name) => ({
    name,
    state: 'waiting',
    startedAt: null,
    milliseconds: null,
    rolloutId: null,
    problems: [],
  })),
  proofs: [],
  drain: null,
  attempting: null,
  uneven: false,
  forgottenAt: null,
  confirm: confirmWithin === null ? null : { seconds: confirmWithin, by: null, given: false },
  turns: [],
});

/** Switches of earlier versions know nothing of confirmation, of where they were turned round, or of what was cut. */
export const recordOf = ({ record }: Pick<StoredSwitch, 'record'>): SwitchRecord => ({
  confirm: null,
  uneven: false,
  forgottenAt: null,
  turns: [],
  ...(record as Omit<SwitchRecord, 'confirm' | 'uneven' | 'forgottenAt' | 'turns'>),
});

export function withStage(
  record: SwitchRecord,
  name: SwitchStageName,
  change: Partial<Omit<SwitchStage, 'name'>>,
): SwitchRecord {
  return {
    ...record,
    stages: record.stages.map((stage) => (stage.name === name ? { ...stage, ...change } : stage)),
  };
}

export function switchView(stored: StoredSwitch): SwitchView {
  const { stages, proofs, drain, confirm, forgottenAt, turns } = recordOf(stored);
  return {
    id: stored.id,
    clusterId: stored.clusterId,
    by: stored.by,
    to: stored.to,
    services: stored.services,
    startedAt: stored.startedAt.toISOString(),
    finishedAt: stored.finishedAt?.toISOString() ?? null,
    state: stored.state,
    step: stored.step,
    stages,
    proofs,
    failure: stored.failure,
    flippedAt: stored.flippedAt?.toISOString() ?? null,
    confirmBy: confirm?.by ?? null,
    drain,
    forgottenAt,
    turns,
  };
}
