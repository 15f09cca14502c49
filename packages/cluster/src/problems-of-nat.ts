import { endpointText } from './keys.ts';
import { interfaceWith } from './links.ts';
import { repeated } from './repeated.ts';
import type { TopologyIndex } from './topology-index.ts';
import { topologyProblem, type TopologyProblem } from './topology-problem.ts';
import { type Way, waysBy, waysOf } from './ways.ts';

/** NAT whose replies cannot pass the director that knows the connection. */
export function problemsOfNat(index: TopologyIndex): TopologyProblem[] {
  const served = waysBy('masq', waysOf(index));
  return [
    ...served
      // An address that is not the node's own is a problem by itself; its link cannot be judged.
      .filter(
        ({ link, realServer, destination }) =>
          link === null && interfaceWith(realServer, destination.address),
      )
      .map((one) => topologyProblem('natRepliesBypassDirector', pathOf(one), namesOf(one))),
    ...repeated(served, socketOf)
      .filter(({ item, first }) => item.director.id !== first.director.id)
      .map(({ item, first }) =>
        topologyProblem('natServesTwoDirectors', pathOf(item), {
          ...namesOf(item),
          director: first.director.name,
          other: item.director.name,
        }),
      ),
  ];
}

const pathOf = ({ service, destination }: Way) => ['services', service.id, 'destinations', destination.id];

const namesOf = ({ destination, director, realServer }: Way) => ({
  destination: endpointText(destination.address, destination.port),
  node: realServer.name,
  director: director.name,
});

/** What a reply rule can tell apart: protocol, source address and source port. */
const socketOf = ({ service, destination }: Way) =>
  `${service.at.protocol} ${endpointText(destination.address, destination.port)}`;
