import { contains } from './cidr.ts';
import { interfaceWith, linkTo } from './links.ts';
import type { Interface, Node, Vip } from './topology.ts';
import type { TopologyIndex } from './topology-index.ts';

/**
 * The director's interface that faces the clients of a VIP, where the VIP is held: the one that has it already, else
 * the one on a network that contains it, else the gateway's, else one shared with a client, else with a router, else
 * the first. Null for a director without interfaces.
 */
export function clientSideInterface(index: TopologyIndex, director: Node, vip: Vip): Interface | null {
  const { interfaces, gateway } = director;
  return (
    interfaceWith(director, vip.address) ??
    interfaces.find((device) => networkContains(index, device, vip)) ??
    (gateway && linkTo(director, gateway)) ??
    interfaces.find((device) => isSharedWith(index, device, 'client')) ??
    interfaces.find((device) => isSharedWith(index, device, 'router')) ??
    interfaces[0] ??
    null
  );
}

function networkContains(index: TopologyIndex, device: Interface, vip: Vip): boolean {
  return index.networks.get(device.networkId)?.cidrs.some((cidr) => contains(cidr, vip.address)) ?? false;
}

function isSharedWith(index: TopologyIndex, device: Interface, kind: Node['kind']): boolean {
  return index.topology.nodes.some(
    (node) => node.kind === kind && node.interfaces.some(({ networkId }) => networkId === device.networkId),
  );
}
