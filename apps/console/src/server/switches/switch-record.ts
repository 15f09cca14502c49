// What is told of a switch: stages with their times, proofs, the drain. Stored beside it as JSON, shown as it is.
import type { SwitchStepName } from '@signalbox/cluster';
import type { StoredSwitch } from '@signalbox/db';
import {
  type SwitchProof,
  type SwitchStage,
  type SwitchStageName,
  switchStages,
  type SwitchView,
} from '../../api/switch-contract.ts';

export interface SwitchRecord {
  readonly stages: readonly SwitchStage[];
  readonly proofs: readonly SwitchProof[];
  readonly drain: SwitchView['drain'];
  /** The step that a rollout was begun for and that is not known to be reached. */
  readonly attempting: SwitchStepName | null;
}

export const newRecord = (): SwitchRecord => ({
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
});

export const recordOf = (stored: StoredSwitch): SwitchRecord => stored.record as SwitchRecord;

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
  const { stages, proofs, drain } = recordOf(stored);
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
    drain,
  };
}
