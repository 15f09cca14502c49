import type { ForwardingMethod } from './ipvs.ts';
import { type InnerLink, innerLink } from './links.ts';
import type { PreparedWay } from './switch-steps.ts';
import type { Node, Vip } from './topology.ts';
import { allDestinations, type DestinationIn, methodOf, type TopologyIndex } from './topology-index.ts';

/** One destination served by one method, with everything that its packets pass. */
export interface Way extends DestinationIn {
  readonly method: ForwardingMethod;
  readonly vip: Vip;
  readonly director: Node;
  readonly realServer: Node;
  /** Null when director and real server share no link: then neither NAT nor DR can work. */
  readonly link: InnerLink | null;
}

/** A way whose both ends are on one link. */
export type LinkedWay = Way & { readonly link: InnerLink };

/** Every way in use, and every prepared one besides, whose references exist. */
export function waysOf(index: TopologyIndex, prepared: readonly PreparedWay[] = []): Way[] {
  return allDestinations(index).flatMap(({ service, destination }) => {
    const vip = index.vips.get(service.at.vipId);
    const director = vip && index.nodes.get(vip.directorId);
    const realServer = index.nodes.get(destination.nodeId);
    if (!director || !realServer) return [];
    const link = innerLink(director, realServer, destination.address);
    const besides = prepared.filter(({ serviceId }) => serviceId === service.id).map(({ method }) => method);
    const methods = new Set([methodOf({ service, destination }), ...besides]);
    return [...methods].map((method) => ({ service, destination, method, vip, director, realServer, link }));
  });
}

export const waysBy = (method: ForwardingMethod, ways: readonly Way[]): Way[] =>
  ways.filter((way) => way.method === method);

/** Without those that cannot work. */
export const linked = (ways: readonly Way[]): LinkedWay[] =>
  ways.flatMap(({ link, ...way }) => (link === null ? [] : [{ ...way, link }]));
