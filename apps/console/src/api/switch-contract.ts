// What the API answers about switching services between NAT and DR (docs/decisions/002).
import type { ProbeReading } from '@signalbox/agent-api';
import type { ForwardingMethod, Problem, SwitchProblem, SwitchStepName } from '@signalbox/cluster';
import type { HostReview } from './contract.ts';

/** One service under the lever. */
export interface SwitchedService {
  readonly serviceId: string;
  /** `tcp 192.168.0.111:80` */
  readonly name: string;
  readonly from: ForwardingMethod;
  /** `refused`: its errors say why, and the switch goes on only without it. */
  readonly verdict: 'willSwitch' | 'alreadyThere' | 'refused';
  readonly problems: readonly SwitchProblem[];
}

/** Before anything is done: what stands in the way, and what would be done on each host, step by step. */
export interface SwitchPreflight {
  readonly clusterId: string;
  readonly revision: number;
  readonly to: ForwardingMethod;
  readonly services: readonly SwitchedService[];
  /** Of the cluster or of a host, not of one service. An error stops the switch. */
  readonly problems: readonly SwitchProblem[];
  /** How many rules were asked of how many hosts. */
  readonly checks: { readonly rules: number; readonly hosts: number };
  /** Steps `prepared`, `flipped` and `done`, from the hosts' answers where they were asked. */
  readonly steps: readonly { readonly step: SwitchStepName; readonly hosts: readonly HostReview[] }[];
}

export const switchStages = ['preflight', 'prepare', 'prove', 'flip', 'drain', 'retire'] as const;
export type SwitchStageName = (typeof switchStages)[number];

export interface SwitchStage {
  readonly name: SwitchStageName;
  readonly state: 'waiting' | 'running' | 'done' | 'failed' | 'undone';
  readonly startedAt: string | null;
  readonly milliseconds: number | null;
  /** The rollout that does it: its operations, host by host. */
  readonly rolloutId: string | null;
  readonly problems: readonly Problem[];
}

/** One thing that was tried before the flip. */
export interface SwitchProof {
  /** `arp`: nobody but the director may answer for the VIP. */
  readonly kind: 'canary' | 'arp';
  /** The real server that was tried, or the director that asked; and from where. */
  readonly nodeId: string;
  readonly fromNodeId: string;
  readonly serviceId: string | null;
  readonly state: 'proven' | 'failed' | 'notTried';
  readonly milliseconds: number | null;
}

/** Established connections per real server, counted on its own sockets. Null: it could not be asked. */
export interface WayCount {
  readonly nodeId: string;
  readonly old: number | null;
  readonly new: number | null;
}

/** Where it was turned round on its way: back to where it came from, or on again. */
export interface SwitchTurn {
  readonly kind: 'back' | 'on';
  readonly at: string;
  /** Null: nobody ordered it, it went back by itself. */
  readonly by: string | null;
  /** Why it went back by itself. */
  readonly why: string | null;
}

export interface SwitchView {
  readonly id: string;
  readonly clusterId: string;
  readonly by: string;
  readonly to: ForwardingMethod;
  readonly services: readonly {
    readonly serviceId: string;
    readonly name: string;
    readonly from: ForwardingMethod;
  }[];
  readonly startedAt: string;
  readonly finishedAt: string | null;
  /**
   * `walking`: on its way to the flip, the cluster is locked. `confirming`: flipped, and undone unless somebody confirms by `confirmBy`. `draining`: flipped and verified, old connections finish.
   * `warm`: both ways kept (`step` says by which new connections go). `goingBack`: towards the step it came from. `held`: a step cannot be reached now,
   * tried again by itself; everything serves. `done`, `wentBack`: at an end.
   */
  readonly state:
    | 'walking'
    | 'confirming'
    | 'draining'
    | 'warm'
    | 'retiring'
    | 'goingBack'
    | 'held'
    | 'done'
    | 'wentBack';
  /** The step that all hosts have reached. */
  readonly step: SwitchStepName;
  readonly stages: readonly SwitchStage[];
  readonly proofs: readonly SwitchProof[];
  /** Why it went back or is held: object, rule, what to do. */
  readonly failure: string | null;
  /** When the flip was read back. */
  readonly flippedAt: string | null;
  /** When the flip is undone unless somebody confirms it; null when it stays. The director does it also without the console. */
  readonly confirmBy: string | null;
  readonly drain: {
    /** Old-way connections when draining began, and now. */
    readonly atFirst: number;
    readonly left: number | null;
    readonly deadline: string;
    readonly overdue: boolean;
    /** DR only: when the director will have forgotten the last of them, if none comes. Until then both ways stay. */
    readonly forgottenAt: string | null;
    readonly ways: readonly WayCount[];
  } | null;
  /**
   * The old way is down, DR connections of it were cut: when the director will have forgotten those that had ended. Until
   * then it takes who comes again from the same port for somebody new, and the switch is `retiring`. Null: nothing of the kind.
   */
  readonly forgottenAt: string | null;
  /** Oldest first, at most the last 20. */
  readonly turns: readonly SwitchTurn[];
}

/** What an operator may do with a switch that is not at its end. */
export type SwitchCommand =
  /** Back to the step it came from: an abort before the flip, the other way after it. */
  | 'goBack'
  /** To the flip again, from both ways kept. */
  | 'goOn'
  /** The flip stays: see `confirmBy`. */
  | 'confirm'
  /** Stay where it is and keep both ways. */
  | 'keepBoth'
  /** Retire the old way when its connections have ended (undoes `keepBoth`). */
  | 'drain'
  /** Retire the old way now: its connections end. */
  | 'cutNow';

/**
 * A load on a service, made by a client node's agent while somebody watches and a minute longer, for who comes back. All
 * who watch one node share it.
 */
export interface ProbeOrder {
  readonly clusterId: string;
  readonly nodeId: string;
  readonly serviceId: string;
  readonly workers: number;
  readonly requestsPerSecond: number;
  readonly longLived: number;
}

/** What somebody watches, or left a moment ago. `withSwitch`: begun for a switch, ends soon after it. */
export interface ProbeWish {
  readonly order: ProbeOrder;
  readonly withSwitch: boolean;
}

export type ProbeTold =
  /** First: all that had been counted before the readings that are kept, and those. */
  | {
      readonly kind: 'past';
      /** How long ago the load began. */
      readonly agoMs: number;
      readonly before: ProbeCounts;
      readonly readings: readonly { readonly agoMs: number; readonly reading: ProbeReading }[];
    }
  | { readonly kind: 'reading'; readonly reading: ProbeReading }
  /** Who watches has stopped it, perhaps in another tab. */
  | { readonly kind: 'stopped' };

export interface ProbeCounts {
  readonly requests: number;
  readonly failed: number;
  readonly lost: number;
  readonly servers: readonly (readonly [by: string, count: number])[];
  readonly failures: readonly (readonly [reason: string, count: number])[];
}

/*
Procedures:
  switches.preflight    o mutation { clusterId, services: Id[], to } -> SwitchPreflight
  switches.start        o mutation { clusterId, revision, services: Id[], to, confirmWithin: seconds | null } -> { switchId }
  switches.command      o mutation { switchId, command: SwitchCommand } -> { ok: true }
  switches.get          r query    { switchId } -> SwitchView
  switches.list         r query    { clusterId } -> SwitchView[] (newest first, 20)
  switches.watch        r subscription { switchId } -> SwitchView (ends when the switch does)
  probes.watch          o subscription { clusterId, nodeId, serviceId, workers, requestsPerSecond, longLived, withSwitch } -> ProbeTold
  probes.mine           o query    { clusterId } -> ProbeWish | null (what who asks watches or left less than a minute ago)
  probes.stop           o mutation { clusterId, nodeId } -> { ok: true } (for who asks; it ends unless somebody else watches)
ClusterView and the cluster event carry `switchId`: the switch that is not at its end, null when there is none.
*/
