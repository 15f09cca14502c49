// The live hub: one upstream stream per agent however many browsers watch; the newest is kept and fanned out as deltas.
import type { AgentEvent } from '@signalbox/agent-api';
import { type AgentEndpoint, withChanges } from '@signalbox/cluster';
import type { HostLive, LiveEvent } from '../../api/contract.ts';
import type { AgentPool } from '../agents/agent-pool.ts';
import type { TrustList } from '../ca/trust-list.ts';
import type { Live, NodeRef } from '../console.ts';
import { ConsoleRefusal } from '../refusal.ts';
import { type AgentFollower, followAgent } from './follow-agent.ts';
import { idleHost, lostHost } from './host-live.ts';
import { Newest, stopping } from './newest.ts';

export interface FollowedNode {
  readonly nodeId: string;
  readonly agent: AgentEndpoint | null;
}

export type Progress = Extract<AgentEvent, { kind: 'progress' }>;
type PutBackListener = (node: NodeRef, sentences: readonly string[]) => void;
type ProgressListener = (node: NodeRef, progress: Progress) => void;
type AnswerListener = (node: NodeRef, agent: AgentEndpoint) => void;

export interface HubOptions {
  readonly pool: AgentPool;
  readonly trust: Pick<TrustList, 'fingerprintsOf' | 'generationOf'>;
  readonly now: () => Date;
}

interface Upstream {
  /** What it was made of: the same again needs no new connection. */
  readonly made: string;
  readonly stop: AbortController;
  ended: Promise<void>;
  live: HostLive;
}

class FollowedCluster {
  readonly upstreams = new Map<string, Upstream>();
  readonly watchers = new Set<Newest<LiveEvent>>();

  publish(key: string, event: LiveEvent): void {
    for (const watcher of this.watchers) watcher.put(key, event);
  }
}

export class Hub implements Live {
  readonly #options: HubOptions;
  readonly #clusters = new Map<string, FollowedCluster>();
  readonly #progressListeners: ProgressListener[] = [];
  readonly #answerListeners: AnswerListener[] = [];
  readonly #putBackListeners: PutBackListener[] = [];

  constructor(options: HubOptions) {
    this.#options = options;
  }

  /** Which nodes this cluster has now: starts, restarts and stops upstreams to match, keeping those that are as they were. */
  follow(clusterId: string, nodes: readonly FollowedNode[]): void {
    const cluster = this.#cluster(clusterId);
    for (const [nodeId, upstream] of cluster.upstreams) {
      if (nodes.some((node) => node.nodeId === nodeId)) continue;
      upstream.stop.abort();
      cluster.upstreams.delete(nodeId);
      this.#options.pool.drop({ clusterId, nodeId });
    }
    for (const { nodeId, agent } of nodes) this.#followNode({ clusterId, nodeId }, agent);
    cluster.publish('all', this.#all(cluster));
  }

  /** Tells every watcher of the cluster that it was saved, or that a rollout or switch began or ended. */
  clusterChanged({
    id,
    revision,
    rolloutId,
    switchId,
  }: {
    id: string;
    revision: number;
    rolloutId: string | null;
    switchId: string | null;
  }): void {
    const now = this.#now();
    this.#cluster(id).publish('cluster', { kind: 'cluster', now, revision, rolloutId, switchId });
  }

  /** Called with each agent's progress while it runs a phase. */
  onProgress(listener: ProgressListener): void {
    this.#progressListeners.push(listener);
  }

  /** Called when an agent was connected to, and then every few seconds while it answers. */
  onAnswer(listener: AnswerListener): void {
    this.#answerListeners.push(listener);
  }

  /** Called when an agent put back what somebody else removed. */
  onPutBack(listener: PutBackListener): void {
    this.#putBackListeners.push(listener);
  }

  live({ clusterId, nodeId }: NodeRef): HostLive | null {
    return this.#clusters.get(clusterId)?.upstreams.get(nodeId)?.live ?? null;
  }

  async *watch(clusterId: string, signal: AbortSignal): AsyncGenerator<LiveEvent, void, undefined> {
    const cluster = this.#clusters.get(clusterId);
    if (!cluster) throw new ConsoleRefusal('notFound', 'There is no such cluster.');
    const events = new Newest<LiveEvent>();
    cluster.watchers.add(events);
    try {
      yield this.#all(cluster);
      yield* events.read(signal);
    } finally {
      cluster.watchers.delete(events);
    }
  }

  /** Drops all watchers without a last word, so that browsers come back by themselves. */
  endWatchers(): void {
    for (const { watchers } of this.#clusters.values())
      for (const watcher of watchers) watcher.fail(stopping());
  }

  /** Ends all upstreams. */
  async close(): Promise<void> {
    this.endWatchers();
    const upstreams = [...this.#clusters.values()].flatMap((cluster) => [...cluster.upstreams.values()]);
    for (const upstream of upstreams) upstream.stop.abort();
    await Promise.all(upstreams.map((upstream) => upstream.ended));
  }

  #followNode(node: NodeRef, agent: AgentEndpoint | null): void {
    const { upstreams } = this.#cluster(node.clusterId);
    const { trust } = this.#options;
    const joined = trust.fingerprintsOf(node).length > 0;
    const made = JSON.stringify([agent, joined, trust.generationOf(node)]);
    const kept = upstreams.get(node.nodeId);
    if (kept?.made === made) return;
    kept?.stop.abort();
    const dial = agent !== null && joined;
    const upstream: Upstream = {
      made,
      stop: new AbortController(),
      ended: Promise.resolve(),
      live: dial
        ? lostHost(node.nodeId, kept?.live ?? null, { at: this.#now(), message: 'Connecting.' })
        : idleHost(node.nodeId, agent),
    };
    upstreams.set(node.nodeId, upstream);
    if (!dial) return;
    upstream.ended = followAgent({
      link: () => this.#options.pool.link(node, agent),
      signal: upstream.stop.signal,
      follower: this.#follower(node, agent, upstream),
    });
  }

  #follower(node: NodeRef, agent: AgentEndpoint, upstream: Upstream): AgentFollower {
    const update = (live: HostLive) => {
      if (upstream.stop.signal.aborted) return;
      upstream.live = live;
      this.#cluster(node.clusterId).publish(node.nodeId, { kind: 'host', now: this.#now(), host: live });
    };
    return {
      answered: (version, roundTripMs) => {
        update({ ...upstream.live, agent: { kind: 'answers', version, roundTripMs } });
        for (const listener of this.#answerListeners) listener(node, agent);
      },
      lost: (message) => update(lostHost(node.nodeId, upstream.live, { at: this.#now(), message })),
      event: (event) => {
        if (event.kind === 'progress') for (const listener of this.#progressListeners) listener(node, event);
        else if (event.kind === 'putBack')
          for (const listener of this.#putBackListeners) listener(node, event.sentences);
        else {
          const before = event.kind === 'changes' ? upstream.live.reading : null;
          const reading = before ? withChanges(before, event.reading) : event.reading;
          update({ ...upstream.live, reading, receivedAt: this.#now() });
        }
      },
    };
  }

  #cluster(clusterId: string): FollowedCluster {
    const kept = this.#clusters.get(clusterId);
    if (kept) return kept;
    const made = new FollowedCluster();
    this.#clusters.set(clusterId, made);
    return made;
  }

  #all(cluster: FollowedCluster): LiveEvent {
    return { kind: 'all', now: this.#now(), hosts: [...cluster.upstreams.values()].map(({ live }) => live) };
  }

  #now(): string {
    return this.#options.now().toISOString();
  }
}
