import type { IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { checkServerIdentity, type PeerCertificate } from 'node:tls';
import { EnrolReply, type EnrolRequest, enrolmentRole, enrolmentServerName } from '@signalbox/agent-api';
import * as z from 'zod';
import { hasRole } from '../certificate-role.ts';
import { type HostPort, hostPortText } from '../host-port.ts';
import { oneLine } from '../log.ts';
import { OperatorError } from '../operator-error.ts';

const MAX_REPLY_BYTES = 64 * 1024;

export interface Enrolment {
  readonly at: HostPort;
  /** PEM: the only CA that is believed. */
  readonly ca: string;
  readonly request: EnrolRequest;
  readonly signal: AbortSignal;
}

/** Sends the token and the request. @throws OperatorError with the console's own words when it refuses. */
export async function postEnrolment(enrolment: Enrolment): Promise<EnrolReply> {
  const { status, text } = await answer(enrolment);
  const body = json(text);
  if (status === 200) {
    const reply = EnrolReply.safeParse(body);
    if (reply.success) return reply.data;
    throw new OperatorError('The console answered something that is not a certificate.');
  }
  const refused = z.object({ message: z.string() }).safeParse(body);
  const reason = refused.success ? oneLine(refused.data.message) : `HTTP status ${status}`;
  throw new OperatorError(`The console refused this host: ${reason}`);
}

interface Answer {
  readonly status: number;
  readonly text: string;
}

function answer({ at, ca, request, signal }: Enrolment): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const fail = (cause: Error) =>
      reject(new OperatorError(`Enrolment at ${hostPortText(at)} failed: ${cause.message}`, { cause }));
    const sent = httpsRequest({
      ...at,
      path: '/enrol',
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      ca,
      servername: enrolmentServerName,
      checkServerIdentity: checkEnrolmentRole,
      minVersion: 'TLSv1.3',
      agent: false,
      signal,
    });
    sent.once('error', fail);
    sent.once('response', (response) => {
      bodyOf(response).then((text) => resolve({ status: response.statusCode ?? 0, text }), fail);
    });
    sent.end(JSON.stringify(request));
  });
}

/** After the chain: a certificate of our CA, but of an agent say, is not the enrolment listener's. */
function checkEnrolmentRole(name: string, certificate: PeerCertificate): Error | undefined {
  if (hasRole(certificate.subjectaltname, enrolmentRole)) return checkServerIdentity(name, certificate);
  return new Error(`the certificate shown there is not in the role ${enrolmentRole}`);
}

async function bodyOf(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response) {
    if (!Buffer.isBuffer(chunk)) throw new TypeError('a response without an encoding yields buffers');
    size += chunk.length;
    if (size > MAX_REPLY_BYTES) throw new Error('the answer is too long');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // An answer that is no JSON carries no message for us: its status says what it was.
    return null;
  }
}
