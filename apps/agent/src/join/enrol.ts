import { createPrivateKey, X509Certificate } from 'node:crypto';
import { agentRole, agentServerName, type EnrolReply } from '@signalbox/agent-api';
import { hasRole } from '../certificate-role.ts';
import { type HostPort, hostPortText } from '../host-port.ts';
import { OperatorError } from '../operator-error.ts';
import type { Identity } from '../state/identity.ts';
import { newKeyAndRequest } from './certificate-request.ts';
import { fetchPinnedCa, keyFingerprint } from './pinned-ca.ts';
import { postEnrolment } from './post-enrolment.ts';

export interface JoinCommand {
  readonly console: HostPort;
  readonly token: string;
  /** `sha256:...`: the fingerprint of the CA's key. */
  readonly ca: string;
}

/**
 * Makes this host's key, and gets it certified by the console whose CA key has the given fingerprint.
 * @throws OperatorError when the console cannot be reached, is not the one meant, or refuses the token.
 */
export async function enrol(command: JoinCommand, signal: AbortSignal): Promise<Identity> {
  const at = command.console;
  const ca = await fetchPinnedCa(at, command.ca, signal);
  const { key, csr } = await newKeyAndRequest();
  const reply = await postEnrolment({ at, ca, request: { token: command.token, csr }, signal });
  const wrong = wrongWith(reply, { key, pin: command.ca });
  if (wrong !== null) throw new OperatorError(`The console's answer cannot be used: ${wrong}.`);
  return {
    nodeId: reply.nodeId,
    console: hostPortText(at),
    joinedAt: new Date().toISOString(),
    key,
    certificate: reply.certificate,
    ca: reply.ca,
  };
}

/** It must certify our key, be of the pinned CA, and be for the node it names: or nobody could ever reach this host. */
function wrongWith(reply: EnrolReply, expected: { key: string; pin: string }): string | null {
  const certificate = readCertificate(reply.certificate);
  const ca = readCertificate(reply.ca);
  if (!certificate || !ca) return 'it holds something that is no certificate';
  const name = agentServerName(reply.nodeId);
  if (keyFingerprint(ca) !== expected.pin) return 'its CA is not the one of the join command';
  if (!certificate.verify(ca.publicKey)) return 'its certificate is not signed by its CA';
  if (!certificate.checkPrivateKey(createPrivateKey(expected.key))) return 'it certifies another key';
  if (certificate.checkHost(name) === undefined) return `its certificate is not for ${name}`;
  if (!hasRole(certificate.subjectAltName, agentRole(reply.nodeId)))
    return `its certificate is not in the role ${agentRole(reply.nodeId)}`;
  return null;
}

function readCertificate(pem: string): X509Certificate | null {
  try {
    return new X509Certificate(pem);
  } catch {
    // OpenSSL's words for garbage tell an operator nothing: the caller says what was to be read.
    return null;
  }
}
