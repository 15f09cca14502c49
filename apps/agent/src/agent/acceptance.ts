// What the agent accepted, and how far it is with it: two files, and what they mean together.
import { PhaseResult, type RolloutState } from '@signalbox/agent-api';
import { HostState, Phase, PlannedOperation } from '@signalbox/cluster';
import * as z from 'zod';

/** A desired state that was accepted, with the plan as it was shown and frozen. */
export const Acceptance = z.object({
  /** Ours: ties the progress to it, also when one rollout is accepted twice. */
  id: z.string(),
  rollout: z.string(),
  epoch: z.int(),
  step: z.int(),
  digest: z.string(),
  desired: HostState,
  plan: z.array(PlannedOperation),
  /** When and to what it is undone unless somebody confirms; null when it stays. */
  revert: z.object({ at: z.string(), to: HostState }).nullable().default(null),
  /** What disappears of it is put back at once, for as long as it is accepted. */
  keep: z.boolean().default(false),
  /** Nobody confirmed: this is the way back. */
  reverted: z.boolean().default(false),
});
export type Acceptance = z.infer<typeof Acceptance>;

/** A desired state that the kernel was brought to, or was on its way to. */
export const InForce = z.object({
  rollout: z.string(),
  desired: HostState,
  keep: z.boolean().default(false),
});
export type InForce = z.infer<typeof InForce>;

export const Accepted = z.object({
  /** The highest epoch accepted so far. */
  epoch: z.int(),
  current: Acceptance.nullable(),
  /** What was in force before `current` was begun. */
  previous: InForce.nullable(),
});
export type Accepted = z.infer<typeof Accepted>;
export const nothingAccepted: Accepted = { epoch: 0, current: null, previous: null };

/** Written as each phase begins and ends. It counts only for the acceptance it names. */
export const Progress = z.object({
  acceptance: z.string(),
  running: Phase.nullable(),
  results: z.array(PhaseResult),
});
export type Progress = z.infer<typeof Progress>;
export const notBegun = (acceptance: string): Progress => ({ acceptance, running: null, results: [] });

/** In the order they run. */
export const PHASES: readonly Phase[] = ['prepare', 'switch', 'retire'];

export const operationsOf = (plan: readonly PlannedOperation[], phase: Phase) =>
  plan.filter((planned) => planned.phase === phase).map(({ operation }) => operation);

const phasesWithWork = ({ plan }: Acceptance): Phase[] =>
  PHASES.filter((phase) => plan.some((planned) => planned.phase === phase));

export const resultOf = (progress: Progress, phase: Phase): PhaseResult | undefined =>
  progress.results.find((result) => result.phase === phase);

const isDone = (progress: Progress, phase: Phase) => resultOf(progress, phase)?.state === 'done';

/** With nothing to do, a state is in force as soon as it is accepted. */
export const isBegun = ({ plan }: Acceptance, { running, results }: Progress): boolean =>
  plan.length === 0 || running !== null || results.length > 0;

/** What the kernel should be brought to when nobody says anything else. */
export function inForce({ current, previous }: Accepted, progress: Progress): InForce | null {
  return current && isBegun(current, progress) ? current : previous;
}

/** What the host has by now and what it is on its way to. */
export const inRollouts = ({ accepted, progress }: { accepted: Accepted; progress: Progress }): HostState[] =>
  [inForce(accepted, progress), accepted.current].flatMap((one) => (one ? [one.desired] : []));

/** The first phase that must be done before this one, and is not. */
export const phaseMissingBefore = (acceptance: Acceptance, progress: Progress, phase: Phase): Phase | null =>
  phasesWithWork(acceptance).find(
    (earlier) => PHASES.indexOf(earlier) < PHASES.indexOf(phase) && !isDone(progress, earlier),
  ) ?? null;

/** `executing`: this process runs a phase of it now. Otherwise a phase that was begun was cut short by our death. */
export function rolloutState(acceptance: Acceptance, progress: Progress, executing: boolean): RolloutState {
  return {
    rollout: acceptance.rollout,
    step: acceptance.step,
    done: PHASES.filter((phase) => isDone(progress, phase)),
    state: stateOf(acceptance, progress, executing),
    revertAt: acceptance.revert?.at ?? null,
  };
}

function stateOf(acceptance: Acceptance, progress: Progress, executing: boolean): RolloutState['state'] {
  if (executing) return 'running';
  if (progress.running) return 'interrupted';
  if (progress.results.some(({ state }) => state === 'failed')) return 'failed';
  if (phasesWithWork(acceptance).every((phase) => isDone(progress, phase)))
    return acceptance.reverted ? 'reverted' : 'done';
  return isBegun(acceptance, progress) ? 'running' : 'accepted';
}
