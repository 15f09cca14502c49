// Rows back to what the operator drew: the exact inverse of topology-to-rows.ts.
import {
  type Address,
  type Destination,
  type Node,
  Persistence,
  Scheduler,
  SchedulerFlag,
  type Topology,
  type VirtualService,
} from '@signalbox/cluster';
import type { Family, Prisma } from './generated/client.ts';

const inOrder = { orderBy: { order: 'asc' } } as const;

/** What to read of a cluster to make its topology of it. */
export const topologyInclude = {
  networks: { ...inOrder, include: { cidrs: inOrder } },
  nodes: { ...inOrder, include: { interfaces: { ...inOrder, include: { addresses: inOrder } } } },
  vips: inOrder,
  services: { ...inOrder, include: { destinations: inOrder } },
} as const satisfies Prisma.ClusterInclude;

export type ClusterRow = Prisma.ClusterGetPayload<{ include: typeof topologyInclude }>;
type NodeRow = ClusterRow['nodes'][number];
type ServiceRow = ClusterRow['services'][number];
type DestinationRow = ServiceRow['destinations'][number];

export function rowsToTopology(row: ClusterRow): Topology {
  return {
    name: row.name,
    networks: row.networks.map(({ id, name, cidrs }) => ({
      id,
      name,
      cidrs: cidrs.map((cidr) => ({ address: addressOf(cidr), prefix: cidr.prefix })),
    })),
    nodes: row.nodes.map(nodeOf),
    vips: row.vips.map((vip) => ({ id: vip.id, address: addressOf(vip), directorId: vip.directorId })),
    services: row.services.map(serviceOf),
  };
}

const addressOf = ({ family, text }: { family: Family; text: string }): Address => ({ family, text });

function nodeOf(row: NodeRow): Node {
  return {
    id: row.id,
    name: row.name,
    kind: row.kind,
    agent:
      row.agentHost !== null && row.agentPort !== null ? { host: row.agentHost, port: row.agentPort } : null,
    interfaces: row.interfaces.map(({ id, name, networkId, addresses }) => ({
      id,
      name,
      networkId,
      addresses: addresses.map((address) => ({
        cidr: { address: addressOf(address), prefix: address.prefix },
        origin: address.origin,
      })),
    })),
    gateway:
      row.gatewayFamily !== null && row.gatewayText !== null
        ? { family: row.gatewayFamily, text: row.gatewayText }
        : null,
    position: row.position === null ? null : positionOf(row.position),
  };
}

function positionOf(text: string): Node['position'] {
  const [x, y] = JSON.parse(text) as [number, number];
  return { x, y };
}

function serviceOf(row: ServiceRow): VirtualService {
  return {
    id: row.id,
    at: { kind: 'address', protocol: row.protocol, vipId: row.vipId, port: row.port },
    scheduler: Scheduler.parse(row.scheduler),
    schedulerFlags: row.schedulerFlags
      .split(' ')
      .flatMap((flag) => (flag ? [SchedulerFlag.parse(flag)] : [])),
    persistence:
      row.persistenceTimeout === null
        ? null
        : Persistence.parse({
            timeoutSeconds: row.persistenceTimeout,
            netmask: row.persistenceNetmask,
            engine: row.persistenceEngine,
          }),
    onePacket: row.onePacket,
    method: row.method,
    destinations: row.destinations.map(destinationOf),
  };
}

function destinationOf(row: DestinationRow): Destination {
  return {
    id: row.id,
    nodeId: row.nodeId,
    address: addressOf(row),
    port: row.port,
    weight: row.weight,
    upperThreshold: Number(row.upperThreshold),
    lowerThreshold: Number(row.lowerThreshold),
    method: row.method,
  };
}
