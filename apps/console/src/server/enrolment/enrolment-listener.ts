// The one door that strangers may knock at: HTTPS POST /enrol, small and bounded, closed after each request.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:https';
import { DAY_MS } from '../ca/certificates.ts';
import { boundPort, listen, type ListenAddress } from '../http/listen.ts';
import { type EnrolOutcome, type Enrolment, enrol } from './enrol.ts';
import { type RateLimit, rateLimit } from './rate-limit.ts';

const MAX_BODY_BYTES = 16_384;
const REQUESTS_PER_MINUTE = 60;
const MAX_CONNECTIONS = 64;

export interface EnrolmentListener {
  /** As bound: the port is real even when 0 was asked for. */
  readonly address: ListenAddress;
  close(): Promise<void>;
}

type Answer =
  | EnrolOutcome
  | { readonly status: 404 | 413 | 429 | 500; readonly body: { readonly message: string } };

/** @throws when the address cannot be bound. */
export async function listenForEnrolment(
  enrolment: Enrolment,
  at: ListenAddress,
): Promise<EnrolmentListener> {
  const limit = rateLimit({ limit: REQUESTS_PER_MINUTE, windowMs: 60_000 });
  const server = createServer({
    ...(await tlsOptions(enrolment)),
    minVersion: 'TLSv1.3',
    headersTimeout: 5000,
    requestTimeout: 10_000,
    handshakeTimeout: 5000,
    maxHeaderSize: 8192,
  });
  server.maxConnections = MAX_CONNECTIONS;
  server.on('request', (request, response) => {
    void answer(enrolment, request, limit).then((reply) => send(response, reply));
  });
  await listen(server, at);
  const renewal = setInterval(() => {
    renew(server, enrolment).catch((error: unknown) => {
      console.error('The certificate for enrolment could not be renewed; it is tried again tomorrow:', error);
    });
  }, DAY_MS).unref();
  return {
    address: { host: at.host, port: boundPort(server) },
    close: async () => {
      clearInterval(renewal);
      const closed = new Promise<void>((resolve) => {
        server.close(() => resolve());
      });
      server.closeAllConnections();
      await closed;
    },
  };
}

async function tlsOptions({ authority }: Enrolment) {
  const { key, chain } = await authority.enrolmentCredentials();
  return { key, cert: chain };
}

async function renew(server: Server, enrolment: Enrolment): Promise<void> {
  server.setSecureContext(await tlsOptions(enrolment));
}

async function answer(enrolment: Enrolment, request: IncomingMessage, limit: RateLimit): Promise<Answer> {
  const from = request.socket.remoteAddress ?? 'an unknown address';
  if (!limit.allows(from, performance.now()))
    return {
      status: 429,
      body: { message: 'Too many enrolments from this address. Try again in a minute.' },
    };
  if (request.method !== 'POST' || request.url !== '/enrol')
    return { status: 404, body: { message: 'Only POST /enrol is answered here.' } };
  try {
    const text = await readBody(request);
    if (text === null) return { status: 413, body: { message: 'Too large for an enrolment request.' } };
    return await enrol(enrolment, parseJson(text), from);
  } catch (error) {
    console.error('Enrolment failed:', error);
    return { status: 500, body: { message: 'The console failed to do this. Its log says why.' } };
  }
}

/** The body as text; null when it is larger than any enrolment request. */
async function readBody(request: IncomingMessage): Promise<string | null> {
  const chunks: Buffer[] = [];
  let length = 0;
  // Not destroyed on return: the refusal still has to go out on this socket.
  for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > MAX_BODY_BYTES) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Refused by the schema, like any other value that is not a request.
    return undefined;
  }
}

function send(response: ServerResponse, { status, body }: Answer): void {
  response.writeHead(status, { 'content-type': 'application/json', connection: 'close' });
  response.end(JSON.stringify(body));
}
