import { AgentRefusal, type ExecuteInput, type PhaseResult } from '@signalbox/agent-api';
import { executePhase } from './execute-phase.ts';
import type { Host } from './host.ts';
import type { Sampler } from './sampler.ts';
import type { Turns } from './turns.ts';

/** The one phase that runs now, for whoever asks for it: a console that comes back gets the same run's result. */
export interface PhaseRunner {
  readonly execute: (input: ExecuteInput) => Promise<PhaseResult>;
  readonly running: () => ExecuteInput | null;
  /** @throws AgentRefusal `busy`. */
  readonly refuseWhileRunning: () => void;
}

interface Running {
  readonly input: ExecuteInput;
  readonly result: Promise<PhaseResult>;
}

export function createPhaseRunner(host: Host, turns: Turns, sampler: Sampler): PhaseRunner {
  let now: Running | null = null;

  const refuseWhileRunning = () => {
    if (now)
      throw new AgentRefusal('busy', `${now.input.phase} of rollout ${now.input.rollout} runs here now.`);
  };

  const start = async (input: ExecuteInput): Promise<PhaseResult> => {
    try {
      return await turns.take(() => executePhase(host, input, sampler.publish));
    } finally {
      now = null;
    }
  };

  return {
    refuseWhileRunning,
    running: () => now?.input ?? null,
    execute: async (input) => {
      if (now?.input.rollout === input.rollout && now.input.phase === input.phase) return now.result;
      refuseWhileRunning();
      now = { input, result: start(input) };
      return now.result;
    },
  };
}
