// Which ways packets take over the board, from the routes that were drawn. Depends on the drawing only, not on traffic.
import {
  type Destination,
  type ForwardingMethod,
  replyPath,
  requestPath,
  type Topology,
  type VirtualService,
} from '@signalbox/cluster';
import { endpointOf, serviceAt } from '../figures/readings.ts';

/** Destinations whose packets take the same way, with what is needed to look up their figures. */
export interface Way {
  readonly method: ForwardingMethod;
  /** Node ids, as packets visit them. */
  readonly request: readonly string[];
  readonly reply: readonly string[];
  readonly destinations: readonly {
    readonly directorId: string;
    readonly service: string;
    readonly endpoint: string;
  }[];
}

/** All ways of a drawing. Services with a VIP or director missing have none. */
export function waysOf(topology: Topology): Way[] {
  const ways = new Map<string, Way & { destinations: Way['destinations'][number][] }>();
  for (const service of topology.services) {
    const at = serviceAt(topology, service);
    if (!at) continue;
    for (const destination of service.destinations) {
      const method = destination.method ?? service.method;
      // Addresses decide the way; which of a thousand services they are in does not.
      const key = [
        at.directorId,
        service.at.vipId,
        destination.nodeId,
        destination.address.text,
        method,
      ].join(' ');
      const way = ways.get(key) ?? { method, ...pathsOf(topology, service, destination), destinations: [] };
      const endpoint = endpointOf(destination);
      way.destinations.push({ directorId: at.directorId, service: at.name, endpoint });
      ways.set(key, way);
    }
  }
  return [...ways.values()];
}

/** Asked of a drawing with this one destination only: the way does not depend on the others, and they may be many. */
function pathsOf(topology: Topology, service: VirtualService, destination: Destination) {
  const alone = { ...topology, services: [{ ...service, destinations: [destination] }] };
  return {
    request: requestPath(alone, service.id, destination.id),
    reply: replyPath(alone, service.id, destination.id),
  };
}
