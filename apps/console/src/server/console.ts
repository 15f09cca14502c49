// What the console can do, behind its API: one interface per room. `start-console.ts` builds them once per process.
import type { SwitchOrder, Topology } from '@signalbox/cluster';
import type {
  ClusterSummary,
  ClusterView,
  JoinCommand,
  LiveEvent,
  NodeAnswer,
  PutBackView,
  Review,
  Role,
  RolloutView,
  SaveResult,
} from '../api/contract.ts';
import type { NewAdministrator } from '../api/new-administrator.ts';
import type {
  ProbeTold,
  ProbeWish,
  SwitchCommand,
  SwitchPreflight,
  SwitchView,
} from '../api/switch-contract.ts';

/** Who asks: taken from the session, written into what they change. */
export interface Operator {
  readonly name: string;
  readonly email: string;
  readonly role: Role;
}

export interface NodeRef {
  readonly clusterId: string;
  readonly nodeId: string;
}

export interface Setup {
  needsAdministrator(): Promise<boolean>;
  /** Refuses (`forbidden`) once there is any user, however many ask at once. */
  createAdministrator(administrator: NewAdministrator): Promise<void>;
}

export interface Clusters {
  list(): Promise<ClusterSummary[]>;
  get(clusterId: string): Promise<ClusterView>;
  create(name: string, by: Operator): Promise<ClusterView>;
  save(draft: { clusterId: string; revision: number; topology: Topology }, by: Operator): Promise<SaveResult>;
  /** Draft back to what was applied last, as a new revision. */
  discard(at: { clusterId: string; revision: number }, by: Operator): Promise<SaveResult>;
  review(clusterId: string): Promise<Review>;
}

export interface RolloutOrder {
  readonly clusterId: string;
  readonly revision: number;
  readonly digests: Readonly<Record<string, string>>;
}

export interface Rollouts {
  /** Answers the new rollout's id once every host confirmed the digest that was shown. */
  start(order: RolloutOrder, by: Operator): Promise<string>;
  get(rolloutId: string): Promise<RolloutView>;
  /** Newest first, at most 50. */
  list(clusterId: string): Promise<RolloutView[]>;
  /** The view now and after each change, newest wins; ends when the rollout does. */
  watch(rolloutId: string, signal: AbortSignal): AsyncIterable<RolloutView>;
}

export interface ClusterSwitch extends SwitchOrder {
  readonly clusterId: string;
}

/** NAT <-> DR under load (docs/decisions/002). */
export interface NewClusterSwitch extends ClusterSwitch {
  readonly revision: number;
  /** Seconds; null when the flip needs no confirmation. */
  readonly confirmWithin: number | null;
}

export interface Switches {
  preflight(order: ClusterSwitch): Promise<SwitchPreflight>;
  /** Answers the switch's id once the preflight found nothing in the way. */
  start(order: NewClusterSwitch, by: Operator): Promise<string>;
  command(order: { switchId: string; command: SwitchCommand }, by: Operator): Promise<void>;
  get(switchId: string): Promise<SwitchView>;
  /** Newest first, at most 20. */
  list(clusterId: string): Promise<SwitchView[]>;
  /** The view now and after each change, newest wins; ends when the switch does. */
  watch(switchId: string, signal: AbortSignal): AsyncIterable<SwitchView>;
}

export interface Probes {
  /** Loads the service from the node while somebody watches, and a minute longer. */
  watch(wish: ProbeWish, by: Operator, signal: AbortSignal): AsyncIterable<ProbeTold>;
  /** What this operator watches on the cluster, or left less than a minute ago. */
  mine(clusterId: string, by: Operator): ProbeWish | null;
  /** This operator wants it no longer: it ends at once unless somebody else does. */
  stop(node: NodeRef, by: Operator): void;
}

export interface Live {
  watch(clusterId: string, signal: AbortSignal): AsyncIterable<LiveEvent>;
}

export interface Nodes {
  get(node: NodeRef): Promise<NodeAnswer>;
  /** What agents of the cluster put back by themselves, newest first. */
  putBacks(clusterId: string): Promise<readonly PutBackView[]>;
  join(node: NodeRef, by: Operator): Promise<JoinCommand>;
  /** Takes the node's certificates off the trust list and closes its sockets. */
  revoke(node: NodeRef, by: Operator): Promise<void>;
}

export interface Console {
  readonly setup: Setup;
  readonly clusters: Clusters;
  readonly rollouts: Rollouts;
  readonly switches: Switches;
  readonly probes: Probes;
  readonly live: Live;
  readonly nodes: Nodes;
}
