import { connect, createServer, type Server, type Socket } from 'node:net';
import { OUTSIDE } from '../machine/management-network.ts';
import { connectThroughGate } from './gate.ts';
import { joinStreams } from './join-streams.ts';

/** Out of the lab: a port of the management network's outer end, carried to a UNIX socket of the host. */
export function carryOutward(way: { port: number; socket: string }): Promise<Server> {
  return listening({ port: way.port, host: OUTSIDE }, (inner) => {
    joinWhenOpen(inner, connect({ path: way.socket, allowHalfOpen: true }));
  });
}

/** The host's end of `carryOutward`: the UNIX socket, carried to a loopback port of the host. */
export function carryToLoopback(way: { socket: string; port: number }): Promise<Server> {
  return listening({ path: way.socket }, (inner) => {
    joinWhenOpen(inner, connect({ host: '127.0.0.1', port: way.port, allowHalfOpen: true, noDelay: true }));
  });
}

/** Into the lab: a free loopback port of the host, carried to an address of the lab's network. Read the port from the server. */
export function carryInward(gate: string, target: { host: string; port: number }): Promise<Server> {
  return listening({ host: '127.0.0.1', port: 0 }, (outer) => {
    outer.on('error', () => outer.destroy());
    connectThroughGate(gate, target).then(
      (inner) => {
        if (outer.destroyed) inner.destroy();
        return joinStreams(outer, inner);
      },
      () => outer.destroy(),
    );
  });
}

/** The loopback port a server got. */
export function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return address.port;
}

/** A connection that comes to nothing takes its other half along. */
function joinWhenOpen(waiting: Socket, opening: Socket): void {
  opening.once('error', () => waiting.destroy());
  waiting.on('error', () => opening.destroy());
  opening.once('connect', () => joinStreams(waiting, opening));
}

function listening(at: { port: number; host: string } | { path: string }, take: (socket: Socket) => void) {
  return new Promise<Server>((resolve, reject) => {
    const server = createServer({ allowHalfOpen: true, pauseOnConnect: true, noDelay: true }, take);
    server.once('error', reject);
    server.listen(at, () => resolve(server));
  });
}
