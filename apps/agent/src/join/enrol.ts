import type { EnrolReply } from '@signalbox/agent-api';
import { type HostPort, hostPortText } from '../host-port.ts';
import { OperatorError } from '../operator-error.ts';
import type { Identity } from '../state/identity.ts';
import { newKeyAndRequest } from './certificate-request.ts';
import { fetchPinnedCa, keyFingerprint } from './pinned-ca.ts';
import { postEnrolment } from './post-enrolment.ts';
import { readCertificate, wrongWithCertificate } from './wrong-with-certificate.ts';

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
  // The console takes the name from the join token: a host cannot choose which node it is.
  const { key, csr } = await newKeyAndRequest('signalbox agent');
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

function wrongWith(reply: EnrolReply, { key, pin }: { key: string; pin: string }): string | null {
  const ca = readCertificate(reply.ca);
  if (ca && keyFingerprint(ca) !== pin) return 'its CA is not the one of the join command';
  return wrongWithCertificate({ ...reply, key });
}
