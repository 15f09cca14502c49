// What the console can do, behind its API: one interface per room. `start-console.ts` builds them once per process.
import type { Topology } from '@signalbox/cluster';
import type {
  ClusterSummary,
  ClusterView,
  JoinCommand,
  LiveEvent,
  NodeAnswer,
  Review,
  Role,
  RolloutView,
  SaveResult,
} from '../api/contract.ts';
import type { NewAdministrator } from '../api/new-administrator.ts';

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

export interface Live {
  watch(clusterId: string, signal: AbortSignal): AsyncIterable<LiveEvent>;
}

export interface Nodes {
  get(node: NodeRef): Promise<NodeAnswer>;
  join(node: NodeRef, by: Operator): Promise<JoinCommand>;
  /** Takes the node's certificates off the trust list and closes its sockets. */
  revoke(node: NodeRef, by: Operator): Promise<void>;
}

export interface Console {
  readonly setup: Setup;
  readonly clusters: Clusters;
  readonly rollouts: Rollouts;
  readonly live: Live;
  readonly nodes: Nodes;
}
