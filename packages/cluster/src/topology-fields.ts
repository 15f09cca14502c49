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

/** What a person calls the thing that an id refers to. One for both topologies, so that a new name is said once. */
export type NameOf = (kind: 'network' | 'node' | 'vip', id: string) => string;

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

export const interfaceFields = (nameOf: NameOf, { name, networkId }: Interface): Fields => ({
  name,
  network: nameOf('network', networkId),
});

export const addressFields = ({ origin }: InterfaceAddress): Fields => ({ origin });

export const vipFields = (nameOf: NameOf, { address, directorId }: Vip): Fields => ({
  address: address.text,
  director: nameOf('node', directorId),
});

export const serviceFields = (nameOf: NameOf, service: VirtualService): Fields => ({
  protocol: service.at.protocol,
  vip: nameOf('vip', service.at.vipId),
  port: String(service.at.port),
  scheduler: service.scheduler,
  schedulerFlags: service.schedulerFlags.toSorted().join(', ') || null,
  persistenceTimeout: service.persistence && `${service.persistence.timeoutSeconds} s`,
  persistenceNetmask: service.persistence && service.persistence.netmask,
  persistenceEngine: service.persistence && service.persistence.engine,
  onePacket: service.onePacket ? 'yes' : 'no',
  method: service.method,
});

export const destinationFields = (nameOf: NameOf, destination: Destination): Fields => ({
  node: nameOf('node', destination.nodeId),
  address: destination.address.text,
  port: String(destination.port),
  weight: String(destination.weight),
  upperThreshold: String(destination.upperThreshold),
  lowerThreshold: String(destination.lowerThreshold),
  method: destination.method,
});
