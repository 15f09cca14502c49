import type { TLSSocket } from 'node:tls';
import { consoleRole } from '@signalbox/agent-api';
import { hasRole } from '../certificate-role.ts';

/** id-kp-clientAuth, RFC 5280 section 4.2.1.12. */
const CLIENT_AUTH = '1.3.6.1.5.5.7.3.2';

/**
 * Why a peer may not command this host, or null when it may: its certificate is signed by our CA, in date, for a client,
 * and in the console's role. The last two are ours to check: every web server's agent is signed by our CA, and Node
 * takes a certificate without an extended key usage for a client's.
 */
export function notTheConsole(
  peer: Pick<TLSSocket, 'authorized' | 'authorizationError' | 'getPeerX509Certificate'>,
): string | null {
  const certificate = peer.getPeerX509Certificate();
  if (!certificate) return 'it shows no certificate';
  const whose = `the certificate of "${certificate.subject}"`;
  if (!peer.authorized) return `${whose} is not accepted: ${String(peer.authorizationError)}`;
  // Node calls the extended key usages `keyUsage`; without the extension it is undefined, whatever the type says.
  const usages = new Set<string>(certificate.keyUsage);
  if (!usages.has(CLIENT_AUTH)) return `${whose} is not for a client (no clientAuth)`;
  if (!hasRole(certificate.subjectAltName, consoleRole)) return `${whose} is not in the role ${consoleRole}`;
  return null;
}
