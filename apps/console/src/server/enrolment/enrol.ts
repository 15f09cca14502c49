// Turns a one-time token and a certificate request into a certificate, once.
import { EnrolRequest, type EnrolReply } from '@signalbox/agent-api';
import type { Database, TokenUse } from '@signalbox/db';
import type { CertificateAuthority } from '../ca/certificate-authority.ts';
import type { CertificateRequest } from '../ca/certificates.ts';
import type { TrustList } from '../ca/trust-list.ts';
import type { NodeRef } from '../console.ts';
import { ConsoleRefusal } from '../refusal.ts';
import { joinTokenHash } from './join-token.ts';

export interface Enrolment {
  readonly database: Database;
  readonly authority: CertificateAuthority;
  readonly trust: TrustList;
  /** Told after a node's certificate is trusted. */
  readonly enrolled: (node: NodeRef) => void;
}

export type EnrolOutcome =
  | { readonly status: 200; readonly body: EnrolReply }
  | { readonly status: 400 | 403; readonly body: { readonly message: string } };

type RefusalReason = Extract<TokenUse, { kind: 'refused' }>['reason'];

const refusals: Readonly<Record<RefusalReason, string>> = {
  wrong: 'This join token is not known here. Make a new join command in the console.',
  expired: 'This join token has expired. Make a new join command in the console.',
  reused: 'This join token was used before. Make a new join command in the console.',
};

/** @param from the address that asks, for the record of refusals */
export async function enrol(enrolment: Enrolment, body: unknown, from: string): Promise<EnrolOutcome> {
  const { database, authority } = enrolment;
  const parsed = EnrolRequest.safeParse(body);
  if (!parsed.success) {
    await refused(database, { from, reason: 'the request is not in the form of an enrolment' });
    return { status: 400, body: { message: 'Not an enrolment request.' } };
  }
  // Read before the token is spent: a damaged request must not cost the operator a new token.
  const request = await readRequest(authority, parsed.data.csr);
  if (request instanceof ConsoleRefusal) {
    await refused(database, { from, reason: request.message });
    return { status: 400, body: { message: request.message } };
  }
  const use = await database.trust.useToken(joinTokenHash(parsed.data.token));
  if (use.kind === 'refused') {
    await refused(database, { from, reason: `the token is ${use.reason}`, node: use.node });
    return { status: 403, body: { message: refusals[use.reason] } };
  }
  return { status: 200, body: await certify(enrolment, { node: use.node, key: request.publicKey, from }) };
}

async function readRequest(
  authority: CertificateAuthority,
  csr: string,
): Promise<CertificateRequest | ConsoleRefusal> {
  try {
    return await authority.readRequest(csr);
  } catch (error) {
    if (error instanceof ConsoleRefusal) return error;
    throw error;
  }
}

async function certify(
  { database, authority, trust, enrolled }: Enrolment,
  { node, key, from }: { node: NodeRef; key: CertificateRequest['publicKey']; from: string },
): Promise<EnrolReply> {
  const issued = await authority.issueAgent(node.nodeId, key);
  await database.trust.replaceCertificate({
    ...node,
    fingerprint: issued.fingerprint,
    notAfter: issued.notAfter,
  });
  await trust.reload();
  await database.events.add({
    kind: 'enrolled',
    ...node,
    by: null,
    message: `${node.nodeId} joined from ${from}; certificate ${issued.fingerprint.slice(0, 16)} until ${issued.notAfter.toISOString()}.`,
  });
  enrolled(node);
  return { nodeId: node.nodeId, certificate: issued.pem, ca: authority.certificate };
}

async function refused(
  database: Database,
  { from, reason, node }: { from: string; reason: string; node?: NodeRef | null },
): Promise<void> {
  await database.events.add({
    kind: 'enrolmentRefused',
    ...node,
    by: null,
    message: `Enrolment from ${from} refused: ${reason}.`,
  });
}
