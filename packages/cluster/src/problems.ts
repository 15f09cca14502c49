import { problemsOfAddresses } from './problems-of-addresses.ts';
import { problemsOfDestinations } from './problems-of-destinations.ts';
import { problemsOfDirectRouting } from './problems-of-direct-routing.ts';
import { problemsOfGateways } from './problems-of-gateways.ts';
import { problemsOfIdentity } from './problems-of-identity.ts';
import { problemsOfNat } from './problems-of-nat.ts';
import { problemsOfNetworks } from './problems-of-networks.ts';
import { problemsOfServices } from './problems-of-services.ts';
import { problemsOfVips } from './problems-of-vips.ts';
import type { Topology } from './topology.ts';
import { topologyIndex } from './topology-index.ts';
import type { TopologyProblem } from './topology-problem.ts';

/** Every rule the topology breaks. An `error` refuses an apply: `desiredFor` asks for a topology without one. */
export function problemsOf(topology: Topology): TopologyProblem[] {
  const index = topologyIndex(topology);
  return [
    ...problemsOfIdentity(topology),
    ...problemsOfNetworks(topology),
    ...problemsOfAddresses(index),
    ...problemsOfGateways(index),
    ...problemsOfVips(index),
    ...problemsOfServices(index),
    ...problemsOfDestinations(index),
    ...problemsOfNat(index),
    ...problemsOfDirectRouting(index),
  ];
}
