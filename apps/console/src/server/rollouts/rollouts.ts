// Rollouts: begun by an operator's order, run here in the background, gone on with after a restart.
import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { isReady, type Problem } from '@signalbox/cluster';
import type { StoredCluster, StoredRollout, StoredStep } from '@signalbox/db';
import type { RolloutView } from '../../api/contract.ts';
import { clusterOf, type ClusterRoom, followCluster } from '../clusters/clusters.ts';
import { type Desires, desiresOf, lookAtHosts, reviewCluster, type StepLook } from '../clusters/review.ts';
import type { Operator, RolloutOrder, Rollouts } from '../console.ts';
import { ConsoleRefusal } from '../refusal.ts';
import { isLocked, preparedWays } from '../switches/prepared-ways.ts';
import { hostsToRoll, hostsToStep, obstacleTo, takesPart } from './rollout-order.ts';
import { orderedHost, rolloutView } from './rollout-record.ts';
import { handsOf, type HostsAlone, type RolloutDesires } from './rollout-hands.ts';
import { runRollout } from './run-rollout.ts';
import { RunningRollout } from './running-rollout.ts';

/** Browsers see at most this many views of a rollout per second: a view of a large one is large. */
const VIEWS_PER_SECOND = 5;
const LISTED = 50;
/** What is applied stays, unlike a flip that is to be confirmed. */
const staying = { revertAfterSeconds: null } as const;

export interface RolloutRoom extends ClusterRoom {
  /** Called after a rollout ended as done: what is not drawn any more can be forgotten. */
  readonly applied: (cluster: StoredCluster) => Promise<void>;
}

export interface StepOrder extends HostsAlone {
  readonly cluster: StoredCluster;
  readonly desires: Desires;
  /** Whether hosts kept what they had in the step before. */
  readonly keptBefore: boolean;
  /** A look at the same desires a moment ago, so that no host is asked again unless it stands in the way; null: none. */
  readonly looked: StepLook | null;
  readonly by: string;
  readonly switchId: string;
  readonly step: StoredStep;
}

/** `left`: the console stops, and the next process goes on. */
export type StepOutcome =
  | { readonly kind: 'done' | 'left' }
  | { readonly kind: 'stopped'; readonly failure: string; readonly problems: readonly Problem[] };

export class RolloutService implements Rollouts {
  readonly #room: RolloutRoom;
  readonly #running = new Map<string, { run: RunningRollout; ended: Promise<void> }>();
  readonly #stop = new AbortController();

  constructor(room: RolloutRoom) {
    this.#room = room;
    room.hub.onProgress((node, progress) => {
      this.#running.get(progress.rollout)?.run.progressed(node.nodeId, progress);
    });
  }

  async start(order: RolloutOrder, by: Operator): Promise<string> {
    const { database, pool } = this.#room;
    const cluster = await clusterOf(database, order.clusterId);
    if (cluster.rolloutId !== null || (await isLocked(database, cluster))) throw busy();
    const prepared = await preparedWays(database, cluster);
    const desires = desiresOf(cluster, prepared);
    const { review, epochSeen } = await reviewCluster(cluster, prepared, pool);
    const outcome = await database.rollouts.begin({
      id: randomUUID(),
      clusterId: cluster.id,
      revision: cluster.revision,
      by: by.name,
      switchId: null,
      step: null,
      epochSeen,
      hosts: hostsToRoll(order, review).map(orderedHost),
    });
    if (outcome.kind === 'busy') throw busy();
    if (outcome.kind === 'revisionMoved')
      throw new ConsoleRefusal(
        'conflict',
        'The cluster was saved again since this review. Review again before applying.',
      );
    const message = `${by.name} applies revision ${cluster.revision}.`;
    await database.events.add({ kind: 'rolloutStarted', clusterId: cluster.id, by: by.email, message });
    this.#run(outcome.rollout, cluster, { ...desires, ...staying, keep: prepared.some(isReady) });
    return outcome.rollout.id;
  }

  /** Asks the hosts that take part what they would do. Changes nothing. */
  look(desires: Desires): Promise<StepLook> {
    const nodes = desires.nodes.filter(({ id }) => takesPart(desires, id));
    return lookAtHosts({ ...desires, nodes }, this.#room.pool);
  }

  /**
   * One step of a switch, to its end: looks at all hosts, and brings them there phase by phase.
   * @param begun told the rollout's id as soon as it has one
   */
  async step(order: StepOrder, begun: (rolloutId: string) => void): Promise<StepOutcome> {
    const { cluster, desires, by, switchId, step, revertAfterSeconds, keep, keptBefore } = order;
    const { database } = this.#room;
    const { hosts, epochSeen } =
      order.looked && obstacleTo(desires, order.looked.hosts) === null
        ? order.looked
        : await this.look(desires);
    const obstacle = obstacleTo(desires, hosts);
    if (obstacle !== null) return { kind: 'stopped', ...obstacle };
    const outcome = await database.rollouts.begin({
      id: randomUUID(),
      clusterId: cluster.id,
      revision: cluster.applied?.revision ?? cluster.revision,
      by,
      switchId,
      step,
      epochSeen,
      hosts: hostsToStep(desires, hosts, keep !== keptBefore).map(orderedHost),
    });
    if (outcome.kind !== 'begun')
      return { kind: 'stopped', failure: 'An apply is running on this cluster.', problems: [] };
    begun(outcome.rollout.id);
    const run = this.#run(outcome.rollout, cluster, { ...desires, revertAfterSeconds, keep });
    await this.#running.get(outcome.rollout.id)?.ended;
    const { state, failure } = run.record;
    if (state === 'running') return { kind: 'left' };
    return state === 'done' ? { kind: 'done' } : { kind: 'stopped', failure: failure ?? '', problems: [] };
  }

  async get(rolloutId: string): Promise<RolloutView> {
    const running = this.#running.get(rolloutId);
    if (running) return running.run.view;
    const stored = await this.#room.database.rollouts.get(rolloutId);
    if (!stored) throw new ConsoleRefusal('notFound', 'There is no such rollout.');
    return rolloutView(stored, new Map());
  }

  async list(clusterId: string): Promise<RolloutView[]> {
    const stored = await this.#room.database.rollouts.list(clusterId, LISTED);
    return stored.map(
      (rollout) => this.#running.get(rollout.id)?.run.view ?? rolloutView(rollout, new Map()),
    );
  }

  async *watch(rolloutId: string, signal: AbortSignal): AsyncGenerator<RolloutView, void, undefined> {
    const running = this.#running.get(rolloutId);
    if (!running) {
      yield await this.get(rolloutId);
      return;
    }
    for await (const view of running.run.watch(signal)) {
      yield view;
      if (view.state === 'running')
        await delay(1000 / VIEWS_PER_SECOND, undefined, { signal }).catch(() => undefined);
    }
  }

  /** Goes on with what an earlier process left running. */
  async resume(): Promise<void> {
    const { database } = this.#room;
    for (const rollout of await database.rollouts.running()) {
      const { id, clusterId, revision, switchId } = rollout;
      // A step is gone on with by its switch.
      if (switchId !== null) continue;
      const topology = await database.clusters.topologyAt(clusterId, revision);
      if (topology) {
        const message = `The console started again and goes on with the rollout of revision ${revision}.`;
        await database.events.add({ kind: 'rolloutResumed', clusterId, by: null, message });
        const cluster = { ...(await clusterOf(database, clusterId)), topology };
        const prepared = await preparedWays(database, cluster);
        this.#run(rollout, cluster, {
          ...desiresOf(cluster, prepared),
          ...staying,
          keep: prepared.some(isReady),
        });
      } else {
        const failure = `The console started again and has no revision ${revision} to go on with.`;
        await database.rollouts.finish(id, { state: 'stopped', failure });
      }
    }
  }

  /** Drops all watchers without a last word, so that browsers come back by themselves. */
  endWatchers(): void {
    for (const { run } of this.#running.values()) run.leave();
  }

  /** Leaves running rollouts as they are, for the next process. */
  async close(): Promise<void> {
    this.#stop.abort();
    this.endWatchers();
    const running = [...this.#running.values()];
    await Promise.all(running.map(({ ended }) => ended));
  }

  #run(rollout: StoredRollout, cluster: StoredCluster, desires: RolloutDesires): RunningRollout {
    const run = new RunningRollout(rollout, this.#room.database.rollouts);
    const ended = this.#toTheEnd(run, desires).catch((error: unknown) => {
      console.error(`Rollout ${rollout.id} failed:`, error);
    });
    this.#running.set(rollout.id, { run, ended });
    this.#room.hub.clusterChanged({ ...cluster, rolloutId: rollout.id });
    return run;
  }

  async #toTheEnd(run: RunningRollout, desires: RolloutDesires): Promise<void> {
    const { id, clusterId, revision, switchId } = run.record;
    try {
      await runRollout(run, handsOf(this.#room, run.record, desires), this.#stop.signal);
    } catch (error) {
      // Our own failure, e.g. a full disk: the record says so as far as it can, and the log has the rest.
      console.error(`Rollout ${id} failed:`, error);
      await run.stopped('The console failed while it ran this. Its log says why.');
    } finally {
      this.#running.delete(id);
    }
    if (this.#stop.signal.aborted) return;
    const { state, failure } = run.record;
    const now = await clusterOf(this.#room.database, clusterId);
    if (switchId === null) {
      const message = state === 'done' ? `Revision ${revision} is applied.` : `Stopped. ${failure ?? ''}`;
      await this.#room.database.events.add({ kind: `rollout-${state}`, clusterId, by: null, message });
      if (state === 'done') await this.#room.applied(now);
    }
    followCluster(this.#room.hub, now);
  }
}

const busy = () =>
  new ConsoleRefusal(
    'notNow',
    'A rollout or a switch is under way on this cluster. Wait until it has ended.',
  );
