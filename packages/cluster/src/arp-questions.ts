// Who must not answer ARP for a VIP before clients are sent by DR.
import type { Address } from './address.ts';
import { desiredFor } from './desired.ts';
import { addressesOf } from './links.ts';
import { movedWays } from './moved-ways.ts';
import { type SwitchOrder, switchSteps } from './switch-steps.ts';
import type { Interface, Node, Topology } from './topology.ts';
import { topologyIndex } from './topology-index.ts';

/** A question on the wire, asked by the director that holds the VIP: nobody else may answer for it. */
export interface ArpQuestion {
  readonly directorId: string;
  readonly interface: string;
  readonly address: Address;
  readonly from: Address;
}

/** Each VIP of services that go by DR, on every link that its director shares with one of their real servers. */
export function arpQuestions(topology: Topology, order: SwitchOrder): ArpQuestion[] {
  if (order.to !== 'gate') return [];
  const index = topologyIndex(topology);
  const questions = movedWays(index, order).flatMap(({ director, realServer, vip }) =>
    sharedLinks(director, realServer).flatMap((device): ArpQuestion[] => {
      const from = addressesOf(device).find(({ family }) => family === vip.address.family);
      if (from === undefined) return [];
      return [{ directorId: director.id, interface: device.name, address: vip.address, from }];
    }),
  );
  return [...new Map(questions.map((one) => [keyOf(one), one])).values()];
}

const keyOf = (one: ArpQuestion) => `${one.directorId} ${one.interface} ${one.address.text}`;

const sharedLinks = (director: Node, realServer: Node): Interface[] =>
  director.interfaces.filter((device) =>
    realServer.interfaces.some(({ networkId }) => networkId === device.networkId),
  );

/**
 * Whether getting ready for the order changes a host that is neither director nor real server of it: told to forward, say,
 * it may answer ARP as a proxy that did not before.
 */
export function preparesBystanders(topology: Topology, order: SwitchOrder): boolean {
  const ways = movedWays(topologyIndex(topology), order);
  const theirs = new Set(ways.flatMap(({ director, realServer }) => [director.id, realServer.id]));
  const bystanders = topology.nodes.filter(({ id }) => !theirs.has(id));
  const [from, prepared] = switchSteps(topology, order)
    .slice(0, 2)
    .map((step) => JSON.stringify(bystanders.map(({ id }) => desiredFor(step.topology, id, step.prepared))));
  return from !== prepared;
}
