import {
  factsToRead,
  type FactsByNode,
  nodesToAsk,
  type SwitchOrder,
  type Topology,
} from '@signalbox/cluster';
import type { NodeLinks } from './node-links.ts';

/** What the hosts of a switch are, all asked at once. Null for one that cannot be asked. */
export async function askFacts(
  topology: Topology,
  order: SwitchOrder,
  links: NodeLinks,
): Promise<FactsByNode> {
  const asked = nodesToAsk(topology, order).map(async (nodeId) => {
    const sysctls = factsToRead(topology, order, nodeId);
    const answer = await links.ask(nodeId, (proofs) => proofs.facts({ sysctls }));
    return [nodeId, answer.kind === 'answered' ? answer.value : null] as const;
  });
  return new Map(await Promise.all(asked));
}
