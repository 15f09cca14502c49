// The wires of the board: ways laid over each other, with the traffic they carry now.
import type { ForwardingMethod, Topology } from '@signalbox/cluster';
import { destinationReading } from '../figures/readings.ts';
import type { Hosts } from '../figures/totals.ts';
import type { Way } from './wiring.ts';

export interface Wire {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  /** `storage`: from real servers to their database. Drawn, not measured. */
  readonly kind: 'request' | 'reply' | 'storage';
  /** Of replies: how they came about. */
  readonly method: ForwardingMethod | null;
}

/** Wires without figures: renewed when the drawing changes. `standIn` draws a frame for the nodes inside it. */
export function wiresOf(
  topology: Topology,
  ways: readonly Way[],
  standIn: (nodeId: string) => string,
): Wire[] {
  const wires = new Map<string, Wire>();
  const add = (wire: Wire) => {
    if (wire.from !== wire.to) wires.set(wire.id, wire);
  };
  for (const way of ways)
    for (const step of stepsOf(way, standIn)) {
      const { kind, from, to } = step;
      add({ id: idOf(step), kind, from, to, method: kind === 'reply' ? way.method : null });
    }
  const databases = topology.nodes.filter(({ kind }) => kind === 'mysql');
  const servers = topology.nodes.filter(({ kind }) => kind === 'realServer');
  for (const { id: server } of servers)
    for (const { id: database } of databases) {
      const from = standIn(server);
      add({ id: `storage ${from} ${database}`, kind: 'storage', from, to: database, method: null });
    }
  return [...wires.values()];
}

/** Bytes per second on each wire by its id; wires nobody counts are left out. */
export function ratesOf(
  ways: readonly Way[],
  hosts: Hosts,
  standIn: (nodeId: string) => string,
): ReadonlyMap<string, number> {
  const rates = new Map<string, number>();
  for (const way of ways) {
    const read = trafficOf(way, hosts);
    if (!read) continue;
    for (const step of stepsOf(way, standIn)) {
      const rate = step.kind === 'request' ? read.inBytes : read.outBytes;
      if (rate !== null) rates.set(idOf(step), (rates.get(idOf(step)) ?? 0) + rate);
    }
  }
  return rates;
}

/** Under DR and TUN replies do not pass IPVS, so the director's kernel cannot count them: null. */
function trafficOf(
  { destinations, method }: Way,
  hosts: Hosts,
): { readonly inBytes: number; readonly outBytes: number | null } | null {
  let inBytes = 0;
  let outBytes = 0;
  let found = false;
  for (const { directorId, service, endpoint } of destinations) {
    const read = destinationReading(hosts.get(directorId)?.reading ?? null, service, endpoint);
    if (!read) continue;
    found = true;
    inBytes += read.rates.inBytes;
    outBytes += read.rates.outBytes;
  }
  return found ? { inBytes, outBytes: method === 'masq' ? outBytes : null } : null;
}

interface Step {
  readonly kind: 'request' | 'reply';
  readonly method: ForwardingMethod;
  readonly from: string;
  readonly to: string;
}

const idOf = ({ kind, method, from, to }: Step): string =>
  kind === 'request' ? `request ${from} ${to}` : `reply ${method} ${from} ${to}`;

function stepsOf({ request, reply, method }: Way, standIn: (nodeId: string) => string): Step[] {
  const steps = (kind: Step['kind'], path: readonly string[]): Step[] =>
    path.slice(1).map((to, i) => ({ kind, method, from: standIn(path[i] ?? to), to: standIn(to) }));
  return [...steps('request', request), ...steps('reply', reply)];
}
