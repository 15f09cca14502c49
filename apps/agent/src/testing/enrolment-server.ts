// A console's enrolment listener, as small as it can be.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import { text } from 'node:stream/consumers';
import { EnrolRequest } from '@signalbox/agent-api';
import type { HostPort } from '../host-port.ts';
import { listen } from '../server/listener.ts';
import { agentLeaf, enrolmentLeaf, type TestCa, testCa } from './test-ca.ts';

export interface EnrolmentServer extends AsyncDisposable {
  readonly at: HostPort;
  readonly ca: TestCa;
  readonly requests: EnrolRequest[];
}

export interface Reply {
  readonly status: number;
  readonly body: unknown;
}

export type Answerer = (request: EnrolRequest, ca: TestCa) => Promise<Reply>;

export interface EnrolmentOptions {
  /** Who the listener's certificate says it is: the enrolment listener when nothing else is asked for. */
  readonly leaf?: Parameters<TestCa['issue']>[0];
  /** The CA that it shows behind its certificate: its own when nothing else is asked for. */
  readonly shows?: TestCa;
  readonly reply?: Answerer;
}

/** Certifies whoever asks as `node7`. */
const certify: Answerer = async ({ csr }, ca) => ({
  status: 200,
  body: { nodeId: 'node7', certificate: await ca.answer(csr, agentLeaf('node7')), ca: ca.certificate },
});

export async function enrolmentServer({
  leaf = enrolmentLeaf,
  shows,
  reply = certify,
}: EnrolmentOptions = {}): Promise<EnrolmentServer> {
  const ca = await testCa();
  const { key, certificate } = await ca.issue(leaf);
  const requests: EnrolRequest[] = [];
  const chain = `${certificate}\n${(shows ?? ca).certificate}`;
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const enrolment = EnrolRequest.parse(JSON.parse(await text(request)));
    requests.push(enrolment);
    const { status, body } = await reply(enrolment, ca);
    response.writeHead(status).end(JSON.stringify(body));
  };
  const tls = { key, cert: chain, minVersion: 'TLSv1.3' } as const;
  const server = createServer(tls, (request, response) => void answer(request, response));
  const listener = await listen(server, { host: '127.0.0.1', port: 0 });
  return {
    at: { host: '127.0.0.1', port: listener.port },
    ca,
    requests,
    [Symbol.asyncDispose]: () => listener.close(),
  };
}
