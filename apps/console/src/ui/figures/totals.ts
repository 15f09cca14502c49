// The figures of the board's head and of its node cards.
import type { Topology } from '@signalbox/cluster';
import type { HostSeen } from '../../live/live-state.ts';
import { connectionsOf, destinationReading, endpointOf, serviceAt, serviceReading } from './readings.ts';

export type Hosts = ReadonlyMap<string, HostSeen>;

export interface Traffic {
  readonly active: number;
  /** New connections per second. */
  readonly newPerSecond: number;
  /** Bytes per second. */
  readonly inBytes: number;
  readonly outBytes: number;
}

const still: Traffic = { active: 0, newPerSecond: 0, inBytes: 0, outBytes: 0 };

const sum = (a: Traffic, b: Traffic): Traffic => ({
  active: a.active + b.active,
  newPerSecond: a.newPerSecond + b.newPerSecond,
  inBytes: a.inBytes + b.inBytes,
  outBytes: a.outBytes + b.outBytes,
});

/** Everything that drawn services of one director move; null while nothing was read. */
export function directorTraffic(topology: Topology, hosts: Hosts, directorId: string): Traffic | null {
  const reading = hosts.get(directorId)?.reading ?? null;
  if (reading === null) return null;
  return topology.services.reduce((total, service) => {
    const at = serviceAt(topology, service);
    const read = at?.directorId === directorId ? serviceReading(reading, at.name) : null;
    if (!read) return total;
    const { connections, inBytes, outBytes } = read.rates;
    return sum(total, { active: connectionsOf(read).active, newPerSecond: connections, inBytes, outBytes });
  }, still);
}

/** Of the whole cluster; null while no director was read. */
export function clusterTraffic(topology: Topology, hosts: Hosts): Traffic | null {
  const each = topology.nodes
    .filter(({ kind }) => kind === 'director')
    .map(({ id }) => directorTraffic(topology, hosts, id))
    .filter((traffic) => traffic !== null);
  return each.length === 0 ? null : each.reduce(sum, still);
}

/** A real server's part, over all services it stands in. `weights`: of each, drawn beside what the kernel has. */
export interface RealServerFigures {
  readonly traffic: Traffic | null;
  /** ActiveConn of all destinations of the same services: what the share is of. */
  readonly activeOfAll: number;
  readonly weights: readonly { readonly drawn: number; readonly inKernel: number | null }[];
  /** The director whose figures these are: they are as old as its reading. */
  readonly directorIds: readonly string[];
}

export function realServerFigures(topology: Topology, hosts: Hosts, nodeId: string): RealServerFigures {
  let traffic: Traffic | null = null;
  let activeOfAll = 0;
  const weights: { drawn: number; inKernel: number | null }[] = [];
  const directorIds = new Set<string>();
  for (const service of topology.services) {
    const mine = service.destinations.filter((destination) => destination.nodeId === nodeId);
    if (mine.length === 0) continue;
    const at = serviceAt(topology, service);
    const reading = (at && hosts.get(at.directorId)?.reading) ?? null;
    const read = at && serviceReading(reading, at.name);
    if (at) directorIds.add(at.directorId);
    if (read) activeOfAll += connectionsOf(read).active;
    for (const destination of mine) {
      const seen = at && destinationReading(reading, at.name, endpointOf(destination));
      weights.push({ drawn: destination.weight, inKernel: seen?.weight ?? null });
      if (!seen) continue;
      const { connections, inBytes, outBytes } = seen.rates;
      const part = { active: seen.active, newPerSecond: connections, inBytes, outBytes };
      traffic = sum(traffic ?? still, part);
    }
  }
  return { traffic, activeOfAll, weights, directorIds: [...directorIds] };
}
