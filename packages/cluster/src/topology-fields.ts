// The fields of what is drawn, as texts that a person compares. Keys are field names of the topology.
import { formatCidr } from './cidr.ts';
import type {
  Destination,
  Interface,
  InterfaceAddress,
  Network,
  Node,
  Vip,
  VirtualService,
} from './topology.ts';
import { type TopologyIndex } from './topology-index.ts';

/** Field name to value; null is "none". */
export type Fields = Readonly<Record<string, string | null>>;

export const networkFields = ({ name, cidrs }: Network): Fields => ({
  name,
  cidrs: cidrs.map(formatCidr).join(', '),
});

export const nodeFields = ({ name, kind, agent, gateway, position }: Node): Fields => ({
  name,
  kind,
  agent: agent && `${agent.host}:${agent.port}`,
  gateway: gateway && gateway.text,
  position: position && `${position.x}, ${position.y}`,
});

export const interfaceFields = (index: TopologyIndex, { name, networkId }: Interface): Fields => ({
  name,
  network: index.networks.get(networkId)?.name ?? networkId,
});

export const addressFields = ({ origin }: InterfaceAddress): Fields => ({ origin });

export const vipFields = (index: TopologyIndex, { address, directorId }: Vip): Fields => ({
  address: address.text,
  director: index.nodes.get(directorId)?.name ?? directorId,
});

export const serviceFields = (index: TopologyIndex, service: VirtualService): Fields => ({
  protocol: service.at.protocol,
  vip: index.vips.get(service.at.vipId)?.address.text ?? service.at.vipId,
  port: String(service.at.port),
  scheduler: service.scheduler,
  schedulerFlags: service.schedulerFlags.toSorted().join(', ') || null,
  persistenceTimeout: service.persistence && `${service.persistence.timeoutSeconds} s`,
  persistenceNetmask: service.persistence && service.persistence.netmask,
  persistenceEngine: service.persistence && service.persistence.engine,
  onePacket: service.onePacket ? 'yes' : 'no',
  method: service.method,
});

export const destinationFields = (index: TopologyIndex, destination: Destination): Fields => ({
  node: index.nodes.get(destination.nodeId)?.name ?? destination.nodeId,
  address: destination.address.text,
  port: String(destination.port),
  weight: String(destination.weight),
  upperThreshold: String(destination.upperThreshold),
  lowerThreshold: String(destination.lowerThreshold),
  method: destination.method,
});
