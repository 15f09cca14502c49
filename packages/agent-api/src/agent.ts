import type {
  HostReading,
  HostState,
  KernelSupport,
  Operation,
  Phase,
  PlannedOperation,
  Problem,
} from '@signalbox/cluster';

/** Who answers, and in which state it is. */
export interface AgentInfo {
  readonly nodeId: string;
  readonly version: string;
  readonly bootId: string;
  readonly startedAt: string;
  /** The highest epoch accepted so far; a lower one is refused. */
  readonly epoch: number;
  readonly rollout: RolloutState | null;
}

export interface RolloutState {
  readonly rollout: string;
  readonly step: number;
  /** Phases that are done, in order. Empty right after accept. */
  readonly done: readonly Phase[];
  readonly state: 'accepted' | 'running' | 'done' | 'failed' | 'interrupted';
}

/** What the host has: ours, and what we found there and never touch. */
export interface Observation {
  readonly at: string;
  readonly owned: HostState;
  readonly unmanaged: HostState;
}

export interface DescribedOperation extends PlannedOperation {
  /** The line an operator would have typed: `ipvsadm -e -t 192.168.0.111:80 -r 192.168.137.131:80 -m -w 6`. */
  readonly command: string;
}

export interface Preview {
  readonly at: string;
  /** SHA-256 (hex) of the canonical operations; the console echoes it in `accept`. */
  readonly digest: string;
  readonly operations: readonly DescribedOperation[];
  /** Why this host cannot take it, e.g. a foreign service in the way or no ip_vs. Errors refuse `accept`. */
  readonly problems: readonly Problem[];
}

export interface AcceptInput {
  readonly rollout: string;
  readonly epoch: number;
  readonly step: number;
  readonly desired: HostState;
  readonly digest: string;
}

export interface OperationResult {
  readonly operation: Operation;
  readonly command: string;
  readonly outcome:
    | { readonly kind: 'done' }
    | { readonly kind: 'failed'; readonly errno: string; readonly message: string }
    | { readonly kind: 'notRun' };
}

export interface PhaseResult {
  readonly rollout: string;
  readonly phase: Phase;
  /** `readBack` false: the kernel did not keep what was written; `failed` results say which. */
  readonly state: 'done' | 'failed';
  readonly results: readonly OperationResult[];
}

/** One item of the live stream: a reading each second, and progress while a phase runs. */
export type AgentEvent =
  | { readonly kind: 'reading'; readonly reading: HostReading }
  | {
      readonly kind: 'progress';
      readonly rollout: string;
      readonly phase: Phase;
      readonly done: number;
      readonly of: number;
    };

/** What an agent promises. The router in `router.ts` is this interface over tRPC and nothing more. */
export interface Agent {
  info(): Promise<AgentInfo>;
  support(): Promise<KernelSupport>;
  observe(): Promise<Observation>;
  preview(desired: HostState): Promise<Preview>;
  /** Observes, plans again, and freezes the plan. Refuses when the digest differs (`CONFLICT`) or the epoch is lower. */
  accept(input: AcceptInput): Promise<AgentInfo>;
  /** Runs one phase of the accepted plan; asking again for a finished phase answers its stored result. */
  execute(input: { rollout: string; phase: Phase }): Promise<PhaseResult>;
  /** Live events until `signal` aborts. Newest wins: a slow reader misses readings, never delays the agent. */
  watch(signal: AbortSignal): AsyncIterable<AgentEvent>;
}

/** A refusal the caller can act on. The router turns `kind` into a tRPC code, once. */
export class AgentRefusal extends Error {
  readonly kind: 'digestDiffers' | 'epochTooLow' | 'rolloutUnknown' | 'busy' | 'problems';
  readonly problems: readonly Problem[];
  constructor(kind: AgentRefusal['kind'], message: string, problems: readonly Problem[] = []) {
    super(message);
    this.name = 'AgentRefusal';
    this.kind = kind;
    this.problems = problems;
  }
}
