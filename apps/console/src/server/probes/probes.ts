// Loads made by client nodes: one per node however many browsers watch, begun by the first and ended when nobody wants it.
import { isDeepStrictEqual } from 'node:util';
import type { ProbeInput } from '@signalbox/agent-api';
import type { Topology } from '@signalbox/cluster';
import type { ProbeOrder, ProbeTold, ProbeWish } from '../../api/switch-contract.ts';
import { appliedTopology } from '../clusters/cluster-view.ts';
import { clusterOf, type ClusterRoom } from '../clusters/clusters.ts';
import type { NodeRef, Operator, Probes } from '../console.ts';
import { ConsoleRefusal } from '../refusal.ts';
import { Load } from './load.ts';

const PATH = '/';
const TIMEOUT_MS = 5000;
export interface ProbeRoom extends ClusterRoom {
  readonly now: () => Date;
}

export class ProbeService implements Probes {
  readonly #room: ProbeRoom;
  readonly #loads = new Map<string, Load>();

  constructor(room: ProbeRoom) {
    this.#room = room;
  }

  async *watch(
    wish: ProbeWish,
    { email }: Operator,
    signal: AbortSignal,
  ): AsyncGenerator<ProbeTold, void, undefined> {
    const load = this.#running(wish, email) ?? (await this.#begin(wish, email));
    yield* load.watch(email, signal);
  }

  mine(clusterId: string, { email }: Operator): ProbeWish | null {
    for (const load of this.#loads.values())
      if (load.wish.order.clusterId === clusterId && load.isWantedBy(email)) return load.wish;
    return null;
  }

  stop(node: NodeRef, { email }: Operator): void {
    this.#loads.get(nodeKey(node))?.stopFor(email);
  }

  endWatchers(): void {
    for (const load of this.#loads.values()) load.leave();
  }

  /** The load that runs on the node; it is joined only by who wants the same. */
  #running({ order }: ProbeWish, by: string): Load | null {
    const load = this.#loads.get(nodeKey(order));
    if (!load) return null;
    if (isDeepStrictEqual(load.wish.order, order)) return load;
    if (load.givesWayTo(by)) return null;
    throw new ConsoleRefusal('notNow', `${order.nodeId} runs another probe just now. Stop that one first.`);
  }

  async #begin(wish: ProbeWish, by: string): Promise<Load> {
    const { database, pool, now } = this.#room;
    const { order } = wish;
    const { clusterId, nodeId } = order;
    const topology = appliedTopology(await clusterOf(database, clusterId));
    const input = probeInput(topology, order);
    const agent = topology.nodes.find(({ id }) => id === nodeId)?.agent;
    const link = agent && pool.link({ clusterId, nodeId }, agent);
    if (!link) throw new ConsoleRefusal('notNow', `${nodeId} has no agent that could send requests.`);
    // Another browser may have begun it while the database was asked.
    const running = this.#running(wish, by);
    if (running) return running;
    const key = nodeKey(order);
    const earlier = this.#loads.get(key);
    earlier?.end();
    const kept = earlier !== undefined && hasLetGo(earlier.wish.order, order) ? earlier.kept : null;
    const ended = () => {
      if (this.#loads.get(key) === load) this.#loads.delete(key);
    };
    const load = new Load(wish, { now, kept, ended });
    this.#loads.set(key, load);
    void load.relay((until) => link.proofs.probe(input, until));
    return load;
  }
}

/** The same load without its long connections is the same count. */
const hasLetGo = (earlier: ProbeOrder, order: ProbeOrder): boolean =>
  order.longLived === 0 && isDeepStrictEqual({ ...earlier, longLived: 0 }, order);

const nodeKey = ({ clusterId, nodeId }: NodeRef) => `${clusterId}/${nodeId}`;

function probeInput(topology: Topology, order: ProbeOrder): ProbeInput {
  const service = topology.services.find(({ id }) => id === order.serviceId);
  const vip = topology.vips.find(({ id }) => id === service?.at.vipId);
  if (!service || !vip) throw new ConsoleRefusal('notFound', 'There is no such service applied.');
  if (service.at.protocol !== 'tcp')
    throw new ConsoleRefusal('invalid', 'The probe speaks HTTP over TCP only: choose another service.');
  const { workers, requestsPerSecond, longLived } = order;
  return {
    to: vip.address,
    port: service.at.port,
    path: PATH,
    workers,
    requestsPerSecond,
    longLived,
    timeoutMs: TIMEOUT_MS,
  };
}
