import type { Problem } from '@signalbox/cluster';
import type { StepLook } from '../clusters/review.ts';
import type { StepOutcome } from '../rollouts/rollouts.ts';
import type { RunningSwitch } from './running-switch.ts';
import type { Hop } from './switch-walk.ts';

/** What the walk needs of the rest of the console. */
export interface WalkHands {
  readonly now: () => Date;
  /** What hosts were found to do for the first step, as the operator was shown it just now; null: nobody was shown it. */
  readonly shown: StepLook | null;
  /** Asks all hosts what a hop takes. Changes nothing. */
  readonly look: (run: RunningSwitch, hop: Hop) => Promise<StepLook>;
  /** Brings all hosts from one step to its neighbour. */
  readonly move: (run: RunningSwitch, hop: Hop, moving: Moving) => Promise<StepOutcome>;
  /**
   * Tries the new way through every real server. Answers what keeps it from being safe.
   * Calls `listening` when nothing is left to do but to wait for answers.
   */
  readonly prove: (run: RunningSwitch, listening: () => void) => Promise<readonly Problem[]>;
  /** How much longer what was proven last holds: it is of the cluster as it is, and ages. 0: it does not. */
  readonly provenForMs: () => Promise<number>;
  /**
   * When directors will have forgotten the connections that an operator cuts now, and that ended before; null: nothing is
   * remembered of the way that is taken down.
   */
  readonly forgottenAt: (run: RunningSwitch) => Promise<string | null>;
  /** Resolves when no connection is left on the way that new ones do not take, or when `signal` aborts. */
  readonly drained: (run: RunningSwitch, signal: AbortSignal) => Promise<'drained' | 'woken'>;
  /** Tells the directors that the flip stays. Answers why one could not be told: it goes back by itself. */
  readonly confirmed: (run: RunningSwitch) => Promise<string | null>;
  readonly changed: (run: RunningSwitch) => Promise<void>;
}

export interface Moving {
  /** A look at the same hop a moment ago; null: none. */
  readonly looked: StepLook | null;
  readonly begun: (rolloutId: string) => void;
}
