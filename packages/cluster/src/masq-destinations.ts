import { addressesOf, gatewayNode, type InnerLink, innerLink, linkTo } from './links.ts';
import type { Node, Vip } from './topology.ts';
import { allDestinations, type DestinationIn, methodOf, type TopologyIndex } from './topology-index.ts';

/** A destination served by NAT with everything its packets pass. */
export interface MasqDestination extends DestinationIn {
  readonly vip: Vip;
  readonly director: Node;
  readonly realServer: Node;
  /** Null when director and real server share no link: then NAT cannot work. */
  readonly link: InnerLink | null;
}

/** Every destination served by NAT whose references exist. */
export function masqDestinations(index: TopologyIndex): MasqDestination[] {
  return allDestinations(index).flatMap(({ service, destination }) => {
    const vip = index.vips.get(service.at.vipId);
    const director = vip && index.nodes.get(vip.directorId);
    const realServer = index.nodes.get(destination.nodeId);
    if (methodOf({ service, destination }) !== 'masq' || !director || !realServer) return [];
    const link = innerLink(director, realServer, destination.address);
    return [{ service, destination, vip, director, realServer, link }];
  });
}

/**
 * Whether replies would miss the director: it is not the real server's gateway, or a client is on a link of the real
 * server itself. Then a rule on the real server must bring them back.
 */
export function repliesNeedRule(index: TopologyIndex, { director, realServer }: MasqDestination): boolean {
  if (gatewayNode(index, realServer)?.id !== director.id) return true;
  return index.topology.nodes
    .filter(({ kind }) => kind === 'client')
    .some(({ interfaces }) =>
      interfaces.flatMap(addressesOf).some((cip) => linkTo(realServer, cip) !== null),
    );
}
