import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';
import { portOf } from '../relay/carry.ts';

/** Below the range that Linux takes ports of outgoing connections from (ip_local_port_range): a free one stays free. */
const FIRST = 20_000;
const COUNT = 12_000;
const TRIES = 32;

/** A loopback port nobody listens on: `preferred` when it is free, else any. */
export async function freePort(preferred = 0): Promise<number> {
  if (preferred !== 0 && (await tryPort(preferred)) !== null) return preferred;
  for (let tries = 0; tries < TRIES; tries += 1) {
    const port = await tryPort(randomInt(FIRST, FIRST + COUNT));
    if (port !== null) return port;
  }
  throw new Error('no port is free');
}

function tryPort(port: number): Promise<number | null> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) =>
      error.code === 'EADDRINUSE' || error.code === 'EACCES' ? resolve(null) : reject(error),
    );
    server.listen(port, '127.0.0.1', () => {
      const got = portOf(server);
      server.close(() => resolve(got));
    });
  });
}
