import { formatCidr, networkOf, overlaps } from './cidr.ts';
import type { Topology } from './topology.ts';
import { topologyProblem, type TopologyProblem } from './topology-problem.ts';

/** Networks as ranges of addresses. */
export function problemsOfNetworks({ networks }: Topology): TopologyProblem[] {
  return [
    ...networks.flatMap(({ id, name, cidrs }) =>
      cidrs
        .map((cidr) => ({ cidr: formatCidr(cidr), corrected: formatCidr(networkOf(cidr)) }))
        .filter(({ cidr, corrected }) => cidr !== corrected)
        .map((texts) =>
          topologyProblem('networkHasHostBits', ['networks', id, 'cidrs'], { network: name, ...texts }),
        ),
    ),
    ...overlappingNetworks(networks),
  ];
}

function overlappingNetworks(networks: Topology['networks']): TopologyProblem[] {
  const ranges = networks.flatMap((network) => network.cidrs.map((cidr) => ({ network, cidr })));
  return ranges.flatMap((later, index) =>
    ranges
      .slice(0, index)
      .filter((earlier) => overlaps(earlier.cidr, later.cidr))
      .map((earlier) =>
        topologyProblem('networksOverlap', ['networks', later.network.id, 'cidrs'], {
          network: later.network.name,
          cidr: formatCidr(later.cidr),
          other: earlier.network.name,
          otherCidr: formatCidr(earlier.cidr),
        }),
      ),
  );
}
