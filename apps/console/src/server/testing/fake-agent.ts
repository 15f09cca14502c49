// A fake host served as a real agent is: its own key, enrolled with a token, mutual TLS, the console's role checked.
import 'reflect-metadata';
import { createServer, request, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { TLSSocket } from 'node:tls';
import * as x509 from '@peculiar/x509';
import {
  type Agent,
  agentRouter,
  agentServerName,
  consoleRole,
  EnrolReply,
  enrolmentServerName,
  type Renewal,
} from '@signalbox/agent-api';
import { createHTTPHandler } from '@trpc/server/adapters/standalone';
import { certificateFingerprint } from '../ca/certificate-authority.ts';
import { exportKey, generateKeyPair } from '../ca/certificates.ts';

export interface AgentIdentity {
  readonly nodeId: string;
  readonly key: string;
  readonly certificate: string;
  readonly ca: string;
}

export interface EnrolAnswer {
  readonly status: number;
  readonly body: unknown;
}

/** What a joining agent sends, to the listener on this port. */
export async function postEnrolment(port: number, body: unknown): Promise<EnrolAnswer> {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return new Promise((resolve, reject) => {
    const sent = request(
      {
        host: '127.0.0.1',
        port,
        path: '/enrol',
        method: 'POST',
        servername: enrolmentServerName,
        rejectUnauthorized: false,
        agent: false,
      },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, body: JSON.parse(Buffer.concat(chunks).toString()) }),
        );
      },
    );
    sent.on('error', reject);
    sent.end(text);
  });
}

export async function newKeyAndRequest(commonName = 'whatever'): Promise<{ key: string; csr: string }> {
  const keys = await generateKeyPair();
  const csr = await x509.Pkcs10CertificateRequestGenerator.create({
    name: [{ CN: [commonName] }],
    keys,
    signingAlgorithm: { name: 'ECDSA', hash: 'SHA-256' },
  });
  return { key: await exportKey(keys.privateKey), csr: csr.toString('pem') };
}

/** @throws when the console refuses. */
export async function enrolAs(port: number, token: string): Promise<AgentIdentity> {
  const { key, csr } = await newKeyAndRequest();
  const { status, body } = await postEnrolment(port, { token, csr });
  if (status !== 200) throw new Error(`refused with ${status}: ${JSON.stringify(body)}`);
  return { key, ...EnrolReply.parse(body) };
}

export interface ServedAgent extends AsyncDisposable {
  readonly port: number;
  /** A test may put another answer in its place. */
  readonly renewal: Renewal;
  /** The fingerprint of the certificate that a new connection is shown. */
  shows(): string;
  /** Cuts all connections and goes on listening. */
  cut(): void;
  /** How many connections it has now. */
  connections(): Promise<number>;
  /** Cuts all connections and stops listening, as a crash does. */
  stop(): Promise<void>;
}

export async function serveAgent(agent: Agent, identity: AgentIdentity, port = 0): Promise<ServedAgent> {
  let asked: { readonly key: string } | null = null;
  let shown = identity.certificate;
  const renewal: Renewal = {
    request: async () => {
      const { csr, key } = await newKeyAndRequest(agentServerName(identity.nodeId));
      asked = { key };
      return { csr };
    },
    install: async ({ certificate }) => {
      if (!asked) throw new Error('made no request');
      server.setSecureContext({ key: asked.key, cert: certificate, ca });
      shown = certificate;
      return { fingerprint: certificateFingerprint(certificate) };
    },
  };
  const { key, certificate: cert, ca } = identity;
  const handler = createHTTPHandler({
    router: agentRouter(agent, {
      request: () => renewal.request(),
      install: (renewed) => renewal.install(renewed),
    }),
  });
  const server: Server = createServer(
    { key, cert, ca, requestCert: true, rejectUnauthorized: true },
    (incoming, outgoing) => {
      const socket = incoming.socket as TLSSocket;
      if (socket.getPeerCertificate().subjectaltname !== `URI:${consoleRole}`) socket.destroy();
      else handler(incoming, outgoing);
    },
  );
  await new Promise<void>((resolve) => {
    server.listen(port, '127.0.0.1', resolve);
  });
  const stop = async () => {
    if (!server.listening) return;
    const closed = new Promise((resolve) => {
      server.close(resolve);
    });
    server.closeAllConnections();
    await closed;
  };
  return {
    port: (server.address() as AddressInfo).port,
    renewal,
    shows: () => certificateFingerprint(shown),
    cut: () => server.closeAllConnections(),
    connections: () =>
      new Promise((resolve, reject) => {
        server.getConnections((error, count) => (error ? reject(error) : resolve(count)));
      }),
    stop,
    [Symbol.asyncDispose]: stop,
  };
}
