// What the operator drew, as rows. `order` keeps the order of each list, so that reading gives back exactly what was saved.
import type { Address, Node, Topology, VirtualService } from '@signalbox/cluster';
import type { Prisma } from './generated/client.ts';

/** All rows of one topology, as createMany takes them. */
export interface TopologyRows {
  readonly network: Prisma.NetworkCreateManyInput[];
  readonly networkCidr: Prisma.NetworkCidrCreateManyInput[];
  readonly node: Prisma.NodeCreateManyInput[];
  readonly interface: Prisma.InterfaceCreateManyInput[];
  readonly address: Prisma.AddressCreateManyInput[];
  readonly vip: Prisma.VipCreateManyInput[];
  readonly virtualService: Prisma.VirtualServiceCreateManyInput[];
  readonly destination: Prisma.DestinationCreateManyInput[];
}

export function topologyToRows(clusterId: string, topology: Topology): TopologyRows {
  return {
    network: topology.networks.map(({ id, name }, order) => ({ clusterId, id, order, name })),
    networkCidr: topology.networks.flatMap((network) =>
      network.cidrs.map(({ address, prefix }, order) => ({
        clusterId,
        networkId: network.id,
        order,
        ...addressColumns(address),
        prefix,
      })),
    ),
    node: topology.nodes.map((node, order) => ({ clusterId, order, ...nodeColumns(node) })),
    interface: topology.nodes.flatMap((node) =>
      node.interfaces.map(({ id, name, networkId }, order) => ({
        clusterId,
        nodeId: node.id,
        id,
        order,
        name,
        networkId,
      })),
    ),
    address: topology.nodes.flatMap((node) => addressRows(clusterId, node)),
    vip: topology.vips.map(({ id, address, directorId }, order) => ({
      clusterId,
      id,
      order,
      ...addressColumns(address),
      directorId,
    })),
    virtualService: topology.services.map((service, order) => ({
      clusterId,
      order,
      ...serviceColumns(service),
    })),
    destination: topology.services.flatMap((service) =>
      service.destinations.map(({ address, upperThreshold, lowerThreshold, ...destination }, order) => ({
        clusterId,
        serviceId: service.id,
        order,
        ...destination,
        ...addressColumns(address),
        upperThreshold: BigInt(upperThreshold),
        lowerThreshold: BigInt(lowerThreshold),
      })),
    ),
  };
}

const addressColumns = ({ family, text }: Address) => ({ family, text });

function nodeColumns({ id, name, kind, agent, gateway, position }: Node) {
  return {
    id,
    name,
    kind,
    agentHost: agent?.host ?? null,
    agentPort: agent?.port ?? null,
    gatewayFamily: gateway?.family ?? null,
    gatewayText: gateway?.text ?? null,
    position: position && JSON.stringify([position.x, position.y]),
  };
}

function addressRows(clusterId: string, node: Node): Prisma.AddressCreateManyInput[] {
  return node.interfaces.flatMap((interface_) =>
    interface_.addresses.map(({ cidr, origin }, order) => ({
      clusterId,
      nodeId: node.id,
      interfaceId: interface_.id,
      order,
      ...addressColumns(cidr.address),
      prefix: cidr.prefix,
      origin,
    })),
  );
}

function serviceColumns({
  id,
  at,
  scheduler,
  schedulerFlags,
  persistence,
  onePacket,
  method,
}: VirtualService) {
  return {
    id,
    protocol: at.protocol,
    vipId: at.vipId,
    port: at.port,
    scheduler,
    schedulerFlags: schedulerFlags.join(' '),
    persistenceTimeout: persistence?.timeoutSeconds ?? null,
    persistenceNetmask: persistence?.netmask ?? null,
    persistenceEngine: persistence?.engine ?? null,
    onePacket,
    method,
  };
}
