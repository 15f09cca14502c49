// Loads made by client nodes: one per node however many browsers watch, begun by the first and ended with the last.
import type { ProbeInput, ProbeReading } from '@signalbox/agent-api';
import type { Topology } from '@signalbox/cluster';
import type { ProbeOrder } from '../../api/switch-contract.ts';
import { appliedTopology } from '../clusters/cluster-view.ts';
import { clusterOf, type ClusterRoom } from '../clusters/clusters.ts';
import type { Probes } from '../console.ts';
import { Newest } from '../hub/newest.ts';
import { ConsoleRefusal } from '../refusal.ts';

const PATH = '/';
const TIMEOUT_MS = 5000;
/** A browser that falls behind loses the oldest: ten seconds are kept for it. */
const KEPT = 40;

interface Load {
  readonly order: string;
  readonly watchers: Set<Newest<ProbeReading>>;
  readonly stop: AbortController;
}

export class ProbeService implements Probes {
  readonly #room: ClusterRoom;
  readonly #loads = new Map<string, Load>();

  constructor(room: ClusterRoom) {
    this.#room = room;
  }

  async *watch(order: ProbeOrder, signal: AbortSignal): AsyncGenerator<ProbeReading, void, undefined> {
    const load = this.#running(order) ?? (await this.#begin(order));
    const readings = new Newest<ProbeReading>();
    load.watchers.add(readings);
    try {
      yield* readings.read(signal);
    } finally {
      load.watchers.delete(readings);
      if (load.watchers.size === 0) this.#end(order, load);
    }
  }

  endWatchers(): void {
    for (const load of this.#loads.values()) for (const watcher of load.watchers) watcher.end();
  }

  /** The load that runs on the node; it is joined only by who wants the same. */
  #running(order: ProbeOrder): Load | null {
    const load = this.#loads.get(nodeKey(order));
    if (!load) return null;
    if (load.order === JSON.stringify(order)) return load;
    throw new ConsoleRefusal('notNow', `${order.nodeId} runs another probe just now. Stop that one first.`);
  }

  async #begin(order: ProbeOrder): Promise<Load> {
    const { database, pool } = this.#room;
    const { clusterId, nodeId } = order;
    const topology = appliedTopology(await clusterOf(database, clusterId));
    const input = probeInput(topology, order);
    const agent = topology.nodes.find(({ id }) => id === nodeId)?.agent;
    const link = agent && pool.link({ clusterId, nodeId }, agent);
    if (!link) throw new ConsoleRefusal('notNow', `${nodeId} has no agent that could send requests.`);
    // Another browser may have begun it while the database was asked.
    const running = this.#running(order);
    if (running) return running;
    const load: Load = { order: JSON.stringify(order), watchers: new Set(), stop: new AbortController() };
    this.#loads.set(nodeKey(order), load);
    void this.#relay(order, load, link.proofs.probe(input, load.stop.signal));
    return load;
  }

  async #relay(order: ProbeOrder, load: Load, readings: AsyncIterable<ProbeReading>): Promise<void> {
    let count = 0;
    try {
      for await (const reading of readings) {
        count += 1;
        for (const watcher of load.watchers) watcher.put(String(count % KEPT), reading);
      }
      for (const watcher of load.watchers) watcher.end();
    } catch (error) {
      for (const watcher of load.watchers) watcher.fail(error);
    } finally {
      this.#end(order, load);
    }
  }

  #end(order: ProbeOrder, load: Load): void {
    load.stop.abort();
    if (this.#loads.get(nodeKey(order)) === load) this.#loads.delete(nodeKey(order));
  }
}

const nodeKey = ({ clusterId, nodeId }: ProbeOrder) => `${clusterId}/${nodeId}`;

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
