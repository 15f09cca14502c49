// Whether a connection through one real server works in a modelled network: the way there, and the way back.
import type { ForwardingMethod } from '../ipvs.ts';
import { addressesOf } from '../links.ts';
import type { Node, Topology } from '../topology.ts';
import type { Agents } from './agents.ts';
import {
  admits,
  type At,
  effective,
  forwards,
  handOver,
  isLocal,
  type Lost,
  type Network,
  type Packet,
  routeOf,
  travel,
} from './network.ts';
import type { Way } from '../ways.ts';
import type { Address } from '../address.ts';

/** A connection of a client by a way. A way keeps its method, whatever new connections take by now. */
export interface Connection {
  readonly way: Way;
  readonly method: ForwardingMethod;
  readonly client: Node;
  readonly cip: Address;
}

const clientPort = 40_000;

/** Null when packets go both ways; else why not. */
export function lossOf(network: Network, connection: Connection): Lost | null {
  const { way, client, cip } = connection;
  const request: Packet = {
    from: cip,
    fromPort: clientPort,
    to: way.vip.address,
    toPort: way.service.at.port,
  };
  const at = travel(network, client, { packet: request });
  if (typeof at === 'string') return `request: ${at}`;
  if (at.node !== way.director) return `request: ${at.node.id} takes the VIP`;
  return handedLoss(network, connection, request) ?? replyLoss(network, connection);
}

/** From the director to the real server: NAT writes its address into the packet, DR sends it on as it is. */
function handedLoss(network: Network, { way, method }: Connection, request: Packet): Lost | null {
  const { director, realServer, destination } = way;
  const rip = destination.address;
  const route = routeOf(network, director, { ...request, to: rip });
  if (route === null) return 'request: no route to the real server';
  // The cached route of the destination may have been filled by a NAT packet: without a next hop DR asks for the VIP.
  if (method === 'gate' && route.via === null) return 'request: the cached route has no next hop';
  const at = handOver(network, director, { device: route.device, asked: route.via ?? rip });
  if (typeof at === 'string') return `request: ${at}`;
  if (at.node !== realServer) return `request: ${at.node.id} takes the real server's address`;
  const packet = method === 'masq' ? { ...request, to: rip, toPort: destination.port } : request;
  const dropped = admits(network, at, packet);
  if (dropped !== null) return `request: ${dropped}`;
  return isLocal(network, realServer, packet.to)
    ? null
    : `request: ${realServer.id} has no ${packet.to.text}`;
}

/** From the real server to the client: under NAT over the director, which alone can write the VIP back. */
function replyLoss(network: Network, { way, method, client, cip }: Connection): Lost | null {
  const { director, realServer, destination, service, vip } = way;
  const to = { to: cip, toPort: clientPort };
  const fromVip: Packet = { from: vip.address, fromPort: service.at.port, ...to };
  if (method === 'gate') {
    const over = passing(network, realServer, { packet: fromVip, until: director });
    if (over === null) return arrival(travel(network, realServer, { packet: fromVip }), client);
    return (
      forwardLoss(network, over, fromVip) ?? arrival(travel(network, director, { packet: fromVip }), client)
    );
  }
  const fromRip: Packet = { from: destination.address, fromPort: destination.port, ...to };
  const at = travel(network, realServer, { packet: fromRip, until: director });
  if (typeof at === 'string') return `reply: ${at}`;
  if (at.node !== director) return `reply: bypasses ${director.id}`;
  return forwardLoss(network, at, fromVip) ?? arrival(travel(network, director, { packet: fromVip }), client);
}

/** Where the packet meets the node on its way; null when it goes another way or nowhere. */
function passing(network: Network, start: Node, what: { packet: Packet; until: Node }): At | null {
  const at = travel(network, start, what);
  return typeof at === 'string' || at.node !== what.until ? null : at;
}

/** A director that sends a packet out where it came in must not tell the sender of the shorter way. */
function forwardLoss(network: Network, at: At, packet: Packet): Lost | null {
  const { node, incoming } = at;
  if (!forwards(network, node)) return `reply: ${node.id} does not forward`;
  const isTurned = routeOf(network, node, packet)?.device.id === incoming.id;
  const tells = effective(network, at, 'send_redirects') !== 0;
  return isTurned && tells ? `reply: ${node.id} redirects the real server` : null;
}

function arrival(at: At | Lost, client: Node): Lost | null {
  if (typeof at === 'string') return `reply: ${at}`;
  return at.node === client ? null : `reply: ${at.node.id} takes it`;
}

/** One connection of every client by each of the ways. */
export const connectionsBy = (topology: Topology, ways: readonly Way[]): Connection[] =>
  topology.nodes
    .filter(({ kind }) => kind === 'client')
    .flatMap((client) =>
      client.interfaces
        .flatMap(addressesOf)
        .flatMap((cip) => ways.map((way): Connection => ({ way, method: way.method, client, cip }))),
    );

const statesOf = (agents: Agents) => new Map([...agents].map(([id, { state }]) => [id, state]));

/** What is lost of these connections, and why. */
export function losses(topology: Topology, agents: Agents, connections: readonly Connection[]): string[] {
  const network = { topology, hosts: statesOf(agents) };
  return connections.flatMap((connection) => {
    const lost = lossOf(network, connection);
    const { way, method, client } = connection;
    return lost === null ? [] : [`${client.id} by ${method} over ${way.realServer.id}: ${lost}`];
  });
}
