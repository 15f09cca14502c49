// The way that a service's new connections take, as the director's kernel has it. Pure.
import type { ForwardingMethod, Topology } from '@signalbox/cluster';
import { serviceAt, serviceReading } from '../figures/readings.ts';
import type { Hosts } from '../figures/totals.ts';

export interface KernelWay {
  readonly method: ForwardingMethod;
  /** The console's clock when it was read. */
  readonly atMs: number;
}

/** Null while nothing was read, and in the moment when some destinations are switched and others are not. */
export function kernelWay(topology: Topology, hosts: Hosts, serviceId: string): KernelWay | null {
  const service = topology.services.find(({ id }) => id === serviceId);
  const at = service && serviceAt(topology, service);
  const host = at ? hosts.get(at.directorId) : undefined;
  const read = at && serviceReading(host?.reading ?? null, at.name);
  if (!read || !host?.receivedAt) return null;
  const methods = new Set(read.destinations.map(({ method }) => method));
  const [method] = methods;
  if (methods.size !== 1 || !isMethod(method)) return null;
  return { method, atMs: Date.parse(host.receivedAt) };
}

const isMethod = (word: string | undefined): word is ForwardingMethod =>
  word === 'masq' || word === 'gate' || word === 'ipip';
