// A test console behind its real HTTP server, with the API where Next would have it.
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import {
  type ConsoleServer,
  type NodeHandler,
  openConsoleServer,
  type ServerOptions,
} from '../http/console-server.ts';
import { type RequestHandlers, requestHandlers } from '../http/request-handlers.ts';
import type { TestConsole } from './test-console.ts';

export interface ServedConsole extends AsyncDisposable {
  readonly url: string;
  readonly server: ConsoleServer;
}

export async function serveConsole(
  console: TestConsole,
  { port = 0, tls = null }: { port?: number; tls?: ServerOptions['tls'] } = {},
): Promise<ServedConsole> {
  const server = await openConsoleServer({
    listen: { host: '127.0.0.1', port },
    tls,
    names: [],
    dev: false,
    handler: nodeHandler(requestHandlers(console.started)),
  });
  return {
    url: `${tls ? 'https' : 'http'}://127.0.0.1:${server.port}`,
    server,
    [Symbol.asyncDispose]: () => server.close(),
  };
}

/** As Next's route handlers do it: a web request in, a web response out, cut off when the client goes. */
const nodeHandler =
  (handlers: RequestHandlers): NodeHandler =>
  async (incoming, outgoing) => {
    const gone = new AbortController();
    outgoing.once('close', () => gone.abort());
    const reads = incoming.method === 'GET';
    const request = new Request(`http://${incoming.headers.host}${incoming.url}`, {
      method: incoming.method ?? 'GET',
      headers: incoming.headers as Record<string, string>,
      body: reads ? null : await new Response(Readable.toWeb(incoming) as ReadableStream).text(),
      signal: gone.signal,
    });
    const answer = await (incoming.url?.startsWith('/api/auth')
      ? handlers.auth(request)
      : handlers.trpc(request));
    outgoing.writeHead(answer.status, [...answer.headers].flat());
    if (!answer.body) outgoing.end();
    else await pipeline(Readable.fromWeb(answer.body as never), outgoing).catch(() => undefined);
  };
