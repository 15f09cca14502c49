// The console's own HTTP server: guard, security headers, then Next.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { setTimeout as delay } from 'node:timers/promises';
import { clientAddressHeader } from './client-address.ts';
import { boundPort, type ListenAddress, listen } from './listen.ts';
import { answerPlainHttp } from './plain-http.ts';
import { refuseRequest } from './request-guard.ts';
import { contentSecurityPolicy, newNonce, securityHeaders } from './security-headers.ts';

export type NodeHandler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

export interface ServerOptions {
  readonly listen: ListenAddress;
  /** PEM; null: plain HTTP. */
  readonly tls: { readonly key: string; readonly cert: string } | null;
  /** Host names allowed beside loopback and addresses. */
  readonly names: readonly string[];
  readonly dev: boolean;
  readonly handler: NodeHandler;
}

export interface ConsoleServer {
  readonly server: Server;
  readonly port: number;
  /** Takes no new connection, lets answers under way end for a moment, then closes what is left. */
  close(): Promise<void>;
}

const GRACE_MS = 3000;

/** @throws when the address cannot be bound. */
export async function openConsoleServer(options: ServerOptions): Promise<ConsoleServer> {
  const server = options.tls ? tlsServer(options.tls) : createServer();
  server.on('request', (request, response) => {
    answer(options, request, response).catch((error: unknown) => {
      console.error(`${request.method} ${request.url} failed:`, error);
      response.destroy();
    });
  });
  await listen(server, options.listen);
  return { server, port: boundPort(server), close: () => closeGently(server) };
}

function tlsServer({ key, cert }: { readonly key: string; readonly cert: string }): Server {
  const server = createTlsServer({ key, cert });
  answerPlainHttp(server);
  return server;
}

async function answer(options: ServerOptions, request: IncomingMessage, response: ServerResponse) {
  const { headers } = request;
  for (const [name, value] of Object.entries(securityHeaders)) response.setHeader(name, value);
  const fetchSite = headers['sec-fetch-site'];
  const refusal = refuseRequest(
    {
      method: request.method ?? '',
      host: headers.host,
      origin: headers.origin,
      fetchSite: typeof fetchSite === 'string' ? fetchSite : undefined,
      contentLength: headers['content-length'],
      chunked: headers['transfer-encoding'] !== undefined,
    },
    options.names,
  );
  if (refusal) {
    response.writeHead(refusal.status, { 'content-type': 'text/plain; charset=utf-8', connection: 'close' });
    response.end(`${refusal.message}\n`);
    return;
  }
  const policy = contentSecurityPolicy(newNonce(), options.dev);
  response.setHeader('content-security-policy', policy);
  // Next reads the nonce for its own scripts from the policy of the request.
  headers['content-security-policy'] = policy;
  headers[clientAddressHeader] = request.socket.remoteAddress ?? '';
  await options.handler(request, response);
}

async function closeGently(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => {
    server.close(() => resolve());
  });
  // Again and again, because each answer that ends leaves an idle connection behind.
  const sweep = setInterval(() => server.closeIdleConnections(), 50);
  await Promise.race([closed, delay(GRACE_MS, undefined, { ref: false })]);
  clearInterval(sweep);
  server.closeAllConnections();
  await closed;
}
