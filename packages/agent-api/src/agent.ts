// What crosses the wire between the console and an agent: one schema per reply, so that the console parses at its door.
import {
  HostReading,
  HostState,
  Operation,
  OperationFailure,
  Phase,
  PlannedOperation,
} from '@signalbox/cluster';
import type { KernelSupport, Problem } from '@signalbox/cluster';
import * as z from 'zod';
import type { Proofs } from './proof.ts';

export const RolloutState = z.object({
  rollout: z.string(),
  step: z.int(),
  /** Phases that are done, in order. Empty right after accept. */
  done: z.array(Phase).readonly(),
  /**
   * `running` from the first phase to the last, also between phases. `interrupted`: the agent was killed inside a
   * phase and has not been able to roll forward yet. `reverted`: nobody confirmed it in time, and the host went back.
   */
  state: z.enum(['accepted', 'running', 'done', 'failed', 'interrupted', 'reverted']),
  /** When the host goes back by itself unless `confirm` comes first; null when it stays. */
  revertAt: z.string().nullable(),
});
export type RolloutState = z.infer<typeof RolloutState>;

/** Who answers, and in which state it is. */
export const AgentInfo = z.object({
  nodeId: z.string(),
  version: z.string(),
  bootId: z.string(),
  startedAt: z.string(),
  /** The highest epoch accepted so far; a lower one is refused. */
  epoch: z.int(),
  rollout: RolloutState.nullable(),
});
export type AgentInfo = z.infer<typeof AgentInfo>;

/** What the host has: ours, and what we found there and never touch. */
export const Observation = z.object({ at: z.string(), owned: HostState, unmanaged: HostState });
export type Observation = z.infer<typeof Observation>;

export const DescribedOperation = PlannedOperation.extend({
  /** The line an operator would have typed: `ipvsadm -e -t 192.168.0.111:80 -r 192.168.137.131:80 -m -w 6`. */
  command: z.string(),
});
export type DescribedOperation = z.infer<typeof DescribedOperation>;

/** A problem as an agent reports it. */
export const ReportedProblem = z.object({
  code: z.string(),
  severity: z.enum(['error', 'warning']),
  path: z.array(z.string()).readonly(),
  values: z.record(z.string(), z.string()).readonly(),
  message: z.string(),
}) satisfies z.ZodType<Problem>;

export const Preview = z.object({
  at: z.string(),
  /** SHA-256 (hex) of the canonical operations; the console echoes it in `accept`. */
  digest: z.string(),
  operations: z.array(DescribedOperation).readonly(),
  /** Why this host cannot take it, e.g. a foreign service in the way or no ip_vs. Errors refuse `accept`. */
  problems: z.array(ReportedProblem).readonly(),
  /** The highest epoch accepted so far. An agent of before does not say: it refuses a lower one when it is to accept it. */
  epoch: z.int().default(0),
});
export type Preview = z.infer<typeof Preview>;

/** Made by the console: an identifier of a rollout. */
const RolloutId = z.string().min(1).max(100);

export const AcceptInput = z.object({
  rollout: RolloutId,
  /** Grows with each rollout of the cluster: who holds a lower one is out of date. */
  epoch: z.int().min(0),
  step: z.int().min(0),
  desired: HostState,
  digest: z.string().regex(/^[0-9a-f]{64}$/),
  /**
   * Go over to this state unless `confirm` comes within so many seconds: also when no console can be reached any more.
   * Only for what is safe to undo on this host alone, as the flip at a director is.
   */
  revert: z
    .object({ afterSeconds: z.int().min(1).max(3700), to: HostState })
    .nullable()
    .default(null),
  /** Two ways are kept ready: what disappears of ours meanwhile is put back by the agent alone, and told as `putBack`. */
  keep: z.boolean().default(false),
});
export type AcceptInput = z.input<typeof AcceptInput>;

export const ExecuteInput = z.object({ rollout: RolloutId, phase: Phase });
export type ExecuteInput = z.infer<typeof ExecuteInput>;

export const ConfirmInput = z.object({ rollout: RolloutId });
export type ConfirmInput = z.infer<typeof ConfirmInput>;

export const OperationResult = z.object({
  operation: Operation,
  command: z.string(),
  outcome: z.discriminatedUnion('kind', [
    z.object({
      kind: z.literal('done'),
      /** Connections that were open when a destination was deleted: they are cut. */
      cut: z.int().positive().optional(),
    }),
    OperationFailure.extend({ kind: z.literal('failed') }),
    z.object({ kind: z.literal('notRun') }),
  ]),
});
export type OperationResult = z.infer<typeof OperationResult>;

/** The errno of an operation the kernel acknowledged but did not keep: found by reading back. */
export const READ_BACK_ERRNO = 'EREADBACK';

export const PhaseResult = z.object({
  rollout: z.string(),
  phase: Phase,
  /** `failed` when an operation was refused, or was not found again when read back: `results` say which. */
  state: z.enum(['done', 'failed']),
  results: z.array(OperationResult).readonly(),
});
export type PhaseResult = z.infer<typeof PhaseResult>;

/**
 * One item of the live stream, which has a look each second, and progress while a phase runs. The first look is a whole
 * reading. In `changes` are the services that are not as they were, for `withChanges`; when some came or went, a whole
 * reading follows instead.
 */
export const AgentEvent = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('reading'), reading: HostReading }),
  z.object({ kind: z.literal('changes'), reading: HostReading }),
  z.object({
    kind: z.literal('progress'),
    rollout: z.string(),
    phase: Phase,
    done: z.int(),
    of: z.int(),
  }),
  /** What somebody else removed, a sentence for each: put back, or left because it is removed again and again. */
  z.object({ kind: z.literal('putBack'), sentences: z.array(z.string()).readonly() }),
]);
export type AgentEvent = z.infer<typeof AgentEvent>;

/** What an agent promises. The router in `router.ts` is this interface over tRPC and nothing more. */
export interface Agent {
  readonly proofs: Proofs;
  info(): Promise<AgentInfo>;
  support(): Promise<KernelSupport>;
  observe(): Promise<Observation>;
  preview(desired: HostState): Promise<Preview>;
  /** Observes, plans again, and freezes the plan. Refuses when the digest differs (`CONFLICT`) or the epoch is lower. */
  accept(input: AcceptInput): Promise<AgentInfo>;
  /** Runs one phase of the accepted plan; asking again for a finished phase answers its stored result. */
  execute(input: ExecuteInput): Promise<PhaseResult>;
  /** What was accepted stays. Refuses (`rolloutUnknown`) when the host went back already. */
  confirm(input: ConfirmInput): Promise<AgentInfo>;
  /** Live events until `signal` aborts. Newest wins: a slow reader misses readings, never delays the agent. */
  watch(signal: AbortSignal): AsyncIterable<AgentEvent>;
}
