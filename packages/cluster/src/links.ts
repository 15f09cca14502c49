// What is next to what: addresses on the interfaces of a node and on the networks it is connected to.
import type { Address } from './address.ts';
import { sameAddress } from './address-kind.ts';
import { contains } from './cidr.ts';
import type { Interface, Node } from './topology.ts';
import { nodeOfAddress, type TopologyIndex } from './topology-index.ts';

export const addressesOf = (device: Interface): Address[] => device.addresses.map(({ cidr }) => cidr.address);

/** The interface that has the address itself. */
export const interfaceWith = (node: Node, address: Address): Interface | null =>
  node.interfaces.find((device) => addressesOf(device).some((own) => sameAddress(own, address))) ?? null;

/** Whether hosts on this interface's subnets include the address: it is reached without a gateway. */
export const isOnLink = (device: Interface, address: Address): boolean =>
  device.addresses.some(({ cidr }) => contains(cidr, address));

/** The interface through which the node reaches the address without a gateway. */
export const linkTo = (node: Node, address: Address): Interface | null =>
  node.interfaces.find((device) => isOnLink(device, address)) ?? null;

/** The node that the default gateway's address belongs to, when it is drawn. */
export const gatewayNode = (index: TopologyIndex, node: Node): Node | null =>
  node.gateway && nodeOfAddress(index, node.gateway);

/** Both ends of the link on which a director reaches a real server. */
export interface InnerLink {
  /** The director's address there: where replies under NAT must go. */
  readonly dip: Address;
  readonly directorInterface: Interface;
  readonly realServerInterface: Interface;
}

/**
 * The link between a director and the real server's address; null when they share no network with addresses in one
 * subnet. Where the director has several addresses there, the real server's gateway is taken, else a `host` one.
 */
export function innerLink(director: Node, realServer: Node, rip: Address): InnerLink | null {
  const realServerInterface = interfaceWith(realServer, rip);
  if (realServerInterface === null) return null;
  const candidates = director.interfaces
    .filter((device) => device.networkId === realServerInterface.networkId)
    .flatMap((device) => device.addresses.map((address) => ({ device, ...address })))
    .filter(({ cidr }) => isOnLink(realServerInterface, cidr.address));
  const chosen =
    candidates.find(({ cidr }) => cidr.address.text === realServer.gateway?.text) ??
    candidates.find(({ origin }) => origin === 'host') ??
    candidates[0];
  if (chosen === undefined) return null;
  return { dip: chosen.cidr.address, directorInterface: chosen.device, realServerInterface };
}
