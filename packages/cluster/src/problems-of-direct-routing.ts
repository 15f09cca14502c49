import { endpointText } from './keys.ts';
import { gatewayNode, interfaceWith } from './links.ts';
import { clientAddresses, directReplyRouter } from './replies.ts';
import { nodeOfAddress, type TopologyIndex } from './topology-index.ts';
import { topologyProblem, type TopologyProblem } from './topology-problem.ts';
import { walk } from './walk.ts';
import { type Way, waysBy, waysOf } from './ways.ts';

/** DR that cannot hand packets over, and DR whose replies find no way to a client. */
export function problemsOfDirectRouting(index: TopologyIndex): TopologyProblem[] {
  return waysBy('gate', waysOf(index)).flatMap((way) => {
    // An address that is not the node's own is a problem by itself; its link cannot be judged.
    if (interfaceWith(way.realServer, way.destination.address) === null) return [];
    if (way.link === null) return [topologyProblem('directRoutingOffLink', pathOf(way), namesOf(way))];
    return problemsOfReplies(index, way);
  });
}

function problemsOfReplies(index: TopologyIndex, way: Way): TopologyProblem[] {
  const { realServer } = way;
  // Behind a gateway that is not drawn is nothing we could follow.
  const isKnown = realServer.gateway === null || gatewayNode(index, realServer) !== null;
  if (!isKnown || directReplyRouter(index, way) !== null) return [];
  const lost = clientAddresses(index).find((cip) => {
    const last = walk(index, realServer, cip).at(-1);
    return last === realServer && last !== nodeOfAddress(index, cip);
  });
  if (lost === undefined) return [];
  const { destination, node } = namesOf(way);
  return [
    topologyProblem('directRepliesHaveNoWay', pathOf(way), {
      destination,
      node,
      client: nodeOfAddress(index, lost)?.name ?? lost.text,
    }),
  ];
}

const pathOf = ({ service, destination }: Way) => ['services', service.id, 'destinations', destination.id];

const namesOf = ({ destination, director, realServer }: Way) => ({
  destination: endpointText(destination.address, destination.port),
  node: realServer.name,
  director: director.name,
});
