// What the console's own tRPC API answers: the values that screens and the command line share.
import type { DescribedOperation, OperationResult } from '@signalbox/agent-api';
import type {
  ForwardingMethod,
  HostReading,
  HostState,
  KernelSupport,
  Phase,
  Problem,
  Topology,
  TopologyChange,
} from '@signalbox/cluster';

export type Role = 'viewer' | 'operator' | 'admin';

export interface ClusterSummary {
  readonly id: string;
  readonly name: string;
  readonly nodes: number;
  readonly services: number;
}

/** A cluster as drawn (the draft, at `revision`) beside what was last applied whole. */
export interface ClusterView {
  readonly id: string;
  readonly revision: number;
  readonly topology: Topology;
  readonly problems: readonly Problem[];
  readonly applied: {
    readonly revision: number;
    readonly at: string;
    /** Null: by the console itself, which undid a switch. */
    readonly by: string | null;
    readonly topology: Topology;
  } | null;
  /** Draft against applied: "3 changes not applied". */
  readonly changes: readonly TopologyChange[];
  /** A rollout that is still running, if any. */
  readonly rolloutId: string | null;
  /** A switch that is not at its end, if any (`switch-contract.ts`). */
  readonly switchId: string | null;
}

/** The loser of two saves gets the difference, not an overwrite. */
export type SaveResult =
  | { readonly kind: 'saved'; readonly cluster: ClusterView }
  | {
      readonly kind: 'conflict';
      readonly current: ClusterView;
      readonly by: string;
      /** What the other operator changed since the revision this save started from. */
      readonly theirs: readonly TopologyChange[];
    };

/** One host in the review: what would be done there, or why we cannot say. */
export type HostReview =
  | {
      readonly kind: 'ready';
      readonly nodeId: string;
      readonly digest: string;
      readonly operations: readonly DescribedOperation[];
      readonly problems: readonly Problem[];
    }
  /** Not enrolled, or does not answer. `blocking` false: nothing changes there since the last apply, which can go on without it. */
  | {
      readonly kind: 'unreachable';
      readonly nodeId: string;
      readonly message: string;
      readonly blocking: boolean;
    }
  /** What to type there by hand: the difference to what was applied last. */
  | { readonly kind: 'noAgent'; readonly nodeId: string; readonly operations: readonly DescribedOperation[] };

export interface Review {
  readonly clusterId: string;
  readonly revision: number;
  /** Topology problems; an error here means `hosts` is empty and nothing can be applied. */
  readonly problems: readonly Problem[];
  readonly hosts: readonly HostReview[];
}

/** What a rollout was: an operator's apply, or a step of a switch and of its way back. */
export type RolloutWhat =
  | { readonly kind: 'apply' }
  | {
      readonly kind: 'prepare' | 'flip' | 'retire' | 'undoFlip' | 'undoPrepare';
      readonly switchId: string;
      /** Null: the services came from several ways. */
      readonly from: ForwardingMethod | null;
      readonly to: ForwardingMethod;
    }
  /** Of a time when it was not kept which. */
  | { readonly kind: 'step'; readonly switchId: string };

export interface RolloutView {
  readonly id: string;
  readonly clusterId: string;
  readonly revision: number;
  readonly what: RolloutWhat;
  /** Null: nobody ordered it, a switch went back by itself. */
  readonly by: string | null;
  readonly startedAt: string;
  readonly finishedAt: string | null;
  /** `stopped`: a phase failed somewhere; later phases did not run and every result is stored. */
  readonly state: 'running' | 'done' | 'stopped';
  readonly phase: Phase | null;
  /** One sentence when it stopped: which host, which operation, the kernel's word. */
  readonly failure: string | null;
  readonly hosts: readonly RolloutHost[];
}

export interface RolloutHost {
  readonly nodeId: string;
  readonly phases: readonly {
    readonly phase: Phase;
    readonly state: 'waiting' | 'running' | 'done' | 'failed';
    readonly results: readonly {
      readonly operation: DescribedOperation['operation'];
      readonly command: string;
      /** `waiting` until the phase has ended on this host. */
      readonly outcome: OperationResult['outcome'] | { readonly kind: 'waiting' };
    }[];
    readonly done: number;
    readonly of: number;
  }[];
}

/** What we know of one host this second. A lost agent keeps its last reading and says since when. */
export interface HostLive {
  readonly nodeId: string;
  readonly agent:
    | { readonly kind: 'answers'; readonly version: string; readonly roundTripMs: number }
    | { readonly kind: 'unreachable'; readonly since: string; readonly message: string }
    | { readonly kind: 'notEnrolled' }
    | { readonly kind: 'none' };
  readonly reading: HostReading | null;
  /** The console's clock when `reading` arrived: age = now - this. */
  readonly receivedAt: string | null;
}

/** First item of the stream is `all`; later ones replace single hosts. `now` is the console's clock, to measure age by. */
export type LiveEvent =
  | { readonly kind: 'all'; readonly now: string; readonly hosts: readonly HostLive[] }
  | { readonly kind: 'host'; readonly now: string; readonly host: HostLive }
  | {
      readonly kind: 'cluster';
      readonly now: string;
      readonly revision: number;
      readonly rolloutId: string | null;
      readonly switchId: string | null;
    };

export interface NodeView {
  readonly nodeId: string;
  readonly support: KernelSupport;
  readonly owned: HostState;
  readonly unmanaged: HostState;
  readonly at: string;
}

/** The agent's certificate ends soon and could not be renewed: without a new one the node is lost then. */
export interface CertificateNotice {
  readonly endsAt: string;
  readonly problem: string;
}

export type NodeAnswer =
  | {
      readonly kind: 'answers';
      readonly node: NodeView;
      /** Null: nothing to say. */
      readonly certificate: CertificateNotice | null;
    }
  | { readonly kind: 'unreachable'; readonly message: string }
  | { readonly kind: 'notEnrolled' }
  | { readonly kind: 'none' };

/** What an agent said of something that somebody else removed or changed: put back, or why not. */
export interface PutBackView {
  readonly id: number;
  readonly nodeId: string | null;
  readonly at: string;
  readonly message: string;
}

export interface JoinCommand {
  readonly command: string;
  readonly expiresAt: string;
}

/*
Procedures (`r` everyone signed in, `o` operator and up, `a` admin, `p` public):
  setup.state           p query    -> { needsAdministrator: boolean }
  setup.createAdministrator p mutation { name, email, password } -> { ok: true } (only while there is no user)
  me                    r query    -> { name, email, role: Role }
  clusters.list         r query    -> ClusterSummary[]
  clusters.get          r query    { clusterId } -> ClusterView
  clusters.create       o mutation { name } -> ClusterView
  clusters.save         o mutation { clusterId, revision, topology } -> SaveResult
  clusters.discard      o mutation { clusterId, revision } -> SaveResult      (draft back to what was applied)
  clusters.review       o mutation { clusterId } -> Review
  rollouts.start        o mutation { clusterId, revision, digests: Record<nodeId, digest> } -> { rolloutId }
  rollouts.get          r query    { rolloutId } -> RolloutView
  rollouts.list         r query    { clusterId } -> RolloutView[] (newest first, 50)
  rollouts.watch        r subscription { rolloutId } -> RolloutView
  live.watch            r subscription { clusterId } -> LiveEvent
  nodes.get             r query    { clusterId, nodeId } -> NodeAnswer
  nodes.putBacks        r query    { clusterId } -> PutBackView[] (newest first, 100)
  nodes.join            o mutation { clusterId, nodeId } -> JoinCommand
  nodes.revoke          a mutation { clusterId, nodeId } -> { ok: true }
Sign-in, sign-out and the session are better-auth's under /api/auth/*.
*/
