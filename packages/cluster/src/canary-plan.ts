// What is to be tried before the flip: through which real server, and from where.
import type { Address } from './address.ts';
import {
  type Canary,
  FIRST_CANARY_MARK,
  FIRST_CANARY_PORT,
  MOST_CANARIES,
  PORTS_PER_CANARY,
} from './canary.ts';
import type { Protocol } from './ipvs.ts';
import { addressesOf, linkTo } from './links.ts';
import { movedWays } from './moved-ways.ts';
import type { SwitchOrder } from './switch-steps.ts';
import type { Node, Topology } from './topology.ts';
import { topologyIndex } from './topology-index.ts';
import { linked, type LinkedWay } from './ways.ts';

/** One connection that must be answered by one real server. */
export interface CanaryProbe {
  readonly mark: number;
  readonly fromNodeId: string;
  readonly directorId: string;
  /** The real server it goes through. */
  readonly nodeId: string;
  readonly serviceId: string;
  readonly destinationId: string;
  readonly connection: {
    readonly from: Address;
    readonly fromPorts: { readonly first: number; readonly last: number };
    readonly to: Address;
    readonly port: number;
    readonly protocol: Protocol;
  };
}

/** Whom to ask to set canaries, and whom to let connect: both by node. */
export interface CanaryPlan {
  readonly canaries: ReadonlyMap<string, readonly Canary[]>;
  readonly probes: ReadonlyMap<string, readonly CanaryProbe[]>;
}

/**
 * A canary through every real server of the services by the method that they are to have, each with a mark and source
 * ports of its own. `withAgents` are the nodes that can be asked: directors set canaries and probe from their address
 * on the link, clients probe the whole way.
 */
export function canariesFor(
  topology: Topology,
  order: SwitchOrder,
  withAgents: readonly string[],
): CanaryPlan {
  const index = topologyIndex(topology);
  const clients = topology.nodes.filter(({ id, kind }) => kind === 'client' && withAgents.includes(id));
  const tried = linked(movedWays(index, order))
    .filter(({ director }) => withAgents.includes(director.id))
    .slice(0, MOST_CANARIES)
    .map((way, number) => tryOf(way, number, clients));
  return {
    canaries: byNode(
      tried,
      ({ way }) => way.director.id,
      ({ canary }) => canary,
    ),
    probes: byNode(
      tried.flatMap(probesOf),
      ({ fromNodeId }) => fromNodeId,
      (probe) => probe,
    ),
  };
}

interface Tried {
  readonly way: LinkedWay;
  readonly canary: Canary;
  readonly from: readonly { readonly nodeId: string; readonly address: Address }[];
}

function tryOf(way: LinkedWay, number: number, clients: readonly Node[]): Tried {
  const { service, destination, vip, director, link, method } = way;
  const first = FIRST_CANARY_PORT + number * PORTS_PER_CANARY;
  const from = [
    { nodeId: director.id, address: link.dip },
    ...clients.flatMap((client) => {
      const address = addressTowards(client, vip.address);
      return address === null ? [] : [{ nodeId: client.id, address }];
    }),
  ];
  const canary: Canary = {
    mark: FIRST_CANARY_MARK + number,
    protocol: service.at.protocol,
    vip: vip.address,
    port: service.at.port,
    destination: { address: destination.address, port: destination.port },
    method,
    sources: from.map(({ address }) => address),
    sourcePorts: { first, last: first + PORTS_PER_CANARY - 1 },
  };
  return { way, canary, from };
}

const probesOf = ({ way, canary, from }: Tried): CanaryProbe[] =>
  from.map(({ nodeId, address }) => ({
    mark: canary.mark,
    fromNodeId: nodeId,
    directorId: way.director.id,
    nodeId: way.realServer.id,
    serviceId: way.service.id,
    destinationId: way.destination.id,
    connection: {
      from: address,
      fromPorts: canary.sourcePorts,
      to: canary.vip,
      port: canary.port,
      protocol: canary.protocol,
    },
  }));

/** The node's address from which it talks to another: on its link, else on that of its gateway, else its first. */
function addressTowards(node: Node, to: Address): Address | null {
  const device = linkTo(node, to) ?? (node.gateway && linkTo(node, node.gateway));
  const addresses = (device ? [device] : node.interfaces).flatMap(addressesOf);
  return addresses.find(({ family }) => family === to.family) ?? null;
}

function byNode<T, V>(items: readonly T[], nodeOf: (item: T) => string, valueOf: (item: T) => V) {
  return new Map([...Map.groupBy(items, nodeOf)].map(([id, list]) => [id, list.map(valueOf)]));
}
