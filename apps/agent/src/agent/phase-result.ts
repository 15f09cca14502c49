import type { OperationResult, PhaseResult } from '@signalbox/agent-api';

/** A phase is done when each of its operations is; with none it is done at once. */
export const phaseResult = (of: Omit<PhaseResult, 'state'>): PhaseResult => ({
  ...of,
  state: of.results.every(({ outcome }: OperationResult) => outcome.kind === 'done') ? 'done' : 'failed',
});
