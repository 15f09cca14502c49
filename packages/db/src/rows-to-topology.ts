// Rows back to what the operator drew: the exact inverse of topology-to-rows.ts.
import {
  type Address,
  type Destination,
  type Interface,
  type Node,
  Persistence,
  Scheduler,
  SchedulerFlag,
  type Topology,
  type VirtualService,
} from '@signalbox/cluster';
import type { Family } from './generated/client.ts';
import type { StoredRows } from './stored-rows.ts';

type Row<Table extends keyof StoredRows> = StoredRows[Table][number];

export function rowsToTopology(name: string, rows: StoredRows): Topology {
  const cidrs = grouped(rows.networkCidr, (row) => row.networkId);
  const interfaces = grouped(rows.interface, (row) => row.nodeId);
  const addresses = grouped(rows.address, (row) => `${row.nodeId} ${row.interfaceId}`);
  const destinations = grouped(rows.destination, (row) => row.serviceId);
  return {
    name,
    networks: rows.network.map(({ id, name }) => ({
      id,
      name,
      cidrs: cidrs(id).map((cidr) => ({ address: addressOf(cidr), prefix: cidr.prefix })),
    })),
    nodes: rows.node.map((node) =>
      nodeOf(
        node,
        interfaces(node.id).map((row) => interfaceOf(row, addresses(`${node.id} ${row.id}`))),
      ),
    ),
    vips: rows.vip.map((vip) => ({ id: vip.id, address: addressOf(vip), directorId: vip.directorId })),
    services: rows.virtualService.map((row) => serviceOf(row, destinations(row.id).map(destinationOf))),
  };
}

/** Rows by the parent they belong to, in their order. */
function grouped<T>(rows: readonly T[], parent: (row: T) => string): (key: string) => readonly T[] {
  const groups = Map.groupBy(rows, parent);
  return (key) => groups.get(key) ?? [];
}

const addressOf = ({ family, text }: { family: Family; text: string }): Address => ({ family, text });

function nodeOf(row: Row<'node'>, interfaces: Interface[]): Node {
  return {
    id: row.id,
    name: row.name,
    kind: row.kind,
    agent:
      row.agentHost !== null && row.agentPort !== null ? { host: row.agentHost, port: row.agentPort } : null,
    interfaces,
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

function interfaceOf(
  { id, name, networkId }: Row<'interface'>,
  addresses: readonly Row<'address'>[],
): Interface {
  return {
    id,
    name,
    networkId,
    addresses: addresses.map((address) => ({
      cidr: { address: addressOf(address), prefix: address.prefix },
      origin: address.origin,
    })),
  };
}

function serviceOf(row: Row<'virtualService'>, destinations: Destination[]): VirtualService {
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
    destinations,
  };
}

function destinationOf(row: Row<'destination'>): Destination {
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
