import { createPrivateKey, X509Certificate } from 'node:crypto';
import { agentRole, agentServerName } from '@signalbox/agent-api';
import { hasRole } from '../certificate-role.ts';

/** id-kp-serverAuth, RFC 5280 section 4.2.1.12. */
const SERVER_AUTH = '1.3.6.1.5.5.7.3.1';

export interface Certification {
  readonly nodeId: string;
  /** PEM, each. */
  readonly key: string;
  readonly certificate: string;
  readonly ca: string;
}

/** Why a certificate cannot be this host's: with it nobody could ever reach the host again. Null when it can. */
export function wrongWithCertificate({ nodeId, key, ...pem }: Certification): string | null {
  const certificate = readCertificate(pem.certificate);
  const ca = readCertificate(pem.ca);
  if (!certificate || !ca) return 'it holds something that is no certificate';
  const name = agentServerName(nodeId);
  if (!certificate.verify(ca.publicKey)) return 'its certificate is not signed by its CA';
  if (!certificate.checkPrivateKey(createPrivateKey(key))) return 'it certifies another key';
  if (certificate.checkHost(name) === undefined) return `its certificate is not for ${name}`;
  if (!hasRole(certificate.subjectAltName, agentRole(nodeId)))
    return `its certificate is not in the role ${agentRole(nodeId)}`;
  // Without the extension Node says undefined, whatever the type says.
  if (!new Set<string>(certificate.keyUsage).has(SERVER_AUTH)) return 'its certificate is not for a server';
  return null;
}

export function readCertificate(pem: string): X509Certificate | null {
  try {
    return new X509Certificate(pem);
  } catch {
    // OpenSSL's words for garbage tell an operator nothing: the caller says what was to be read.
    return null;
  }
}
