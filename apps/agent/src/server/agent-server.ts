import { createServer } from 'node:https';
import type { Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { type Agent, agentRouter, MAX_BODY_BYTES } from '@signalbox/agent-api';
import { createHTTPHandler } from '@trpc/server/adapters/standalone';
import type { HostPort } from '../host-port.ts';
import { errorText, type Log, rarely } from '../log.ts';
import type { RenewableIdentity } from '../renewal/renewable-identity.ts';
import type { Identity } from '../state/identity.ts';
import { listen, type Listener } from './listener.ts';
import { notTheConsole } from './peer-role.ts';

export interface ServerOptions {
  readonly agent: Agent;
  readonly identity: RenewableIdentity;
  readonly at: HostPort;
  readonly log: Log;
}

/** Whoever stalls is cut off, whoever floods is not let in. Milliseconds. */
const LIMITS = {
  handshakeTimeout: 5000,
  headersTimeout: 5000,
  /** A whole request: 32 MB over 10 Mbit/s. */
  requestTimeout: 30_000,
  connectionsCheckingInterval: 1000,
  keepAliveTimeout: 60_000,
  maxHeaderSize: 16 * 1024,
} as const;
/** Nothing sent and nothing read: longer than the longest phase, and pings keep a stream from it. */
const IDLE_MS = 180_000;
const MOST_CONNECTIONS = 256;

/** Serves the agent to the console alone: mutual TLS 1.3, and the console's role in the certificate. */
export async function startAgentServer({ agent, identity, at, log }: ServerOptions): Promise<Listener> {
  const handler = createHTTPHandler({
    router: agentRouter(agent, identity),
    maxBodySize: MAX_BODY_BYTES,
    onError: ({ error, path }) => {
      if (error.code === 'INTERNAL_SERVER_ERROR') log(`${path ?? 'A request'} failed: ${errorText(error)}`);
    },
  });
  // Node would cut off a bad certificate by itself, but without a word on whose it was: `notTheConsole` judges all of it.
  const peers = { requestCert: true, rejectUnauthorized: false };
  const consoles = new WeakSet<Socket>();
  const tls = secureContext(identity.current());
  const server = createServer({ ...LIMITS, ...peers, ...tls }, (request, response) => {
    if (consoles.has(request.socket)) handler(request, response);
    else request.socket.destroy();
  });
  // Living connections keep what they were shown.
  identity.onRenewed((renewed) => server.setSecureContext(secureContext(renewed)));
  server.maxConnections = MOST_CONNECTIONS;
  server.setTimeout(IDLE_MS);

  const logRefusal = rarely(log);
  // Before Node's own listener hands the connection to HTTP: nothing of what a stranger sends is parsed.
  server.prependListener('secureConnection', (socket: TLSSocket) => {
    const reason = notTheConsole(socket);
    if (reason === null) consoles.add(socket);
    else {
      logRefusal(`Refused ${peerOf(socket)}: ${reason}.`);
      socket.destroy();
    }
  });
  server.on('tlsClientError', (error, socket) => logRefusal(`Refused ${peerOf(socket)}: ${error.message}.`));
  return listen(server, at);
}

const secureContext = ({ key, certificate: cert, ca }: Identity) =>
  ({ key, cert, ca, minVersion: 'TLSv1.3' }) as const;

const peerOf = ({ remoteAddress, remotePort }: Socket): string =>
  remoteAddress === undefined ? 'a connection' : `${remoteAddress} port ${remotePort}`;
