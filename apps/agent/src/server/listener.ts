import type { Server, Socket } from 'node:net';
import { type HostPort, hostPortText } from '../host-port.ts';
import { OperatorError } from '../operator-error.ts';

export interface Listener {
  /** The port that was taken, where 0 was asked for. */
  readonly port: number;
  /** Closes every connection, also those that are in the middle of a handshake. */
  close(): Promise<void>;
}

/** @throws OperatorError when the address is not ours or the port is taken. */
export async function listen(server: Server, at: HostPort): Promise<Listener> {
  const open = new Set<Socket>();
  server.on('connection', (socket) => {
    open.add(socket);
    socket.once('close', () => open.delete(socket));
  });
  const ready = Promise.withResolvers<void>();
  const refused = (cause: Error) =>
    ready.reject(new OperatorError(`Cannot listen on ${hostPortText(at)}: ${cause.message}`, { cause }));
  server.once('error', refused);
  server.listen(at, ready.resolve);
  await ready.promise;
  server.off('error', refused);
  return {
    port: portOf(server),
    close: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      for (const socket of open) socket.destroy();
      await closed;
    },
  };
}

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('a TCP server has a port');
  return address.port;
}
