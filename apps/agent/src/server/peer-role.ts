import type { X509Certificate } from 'node:crypto';
import { consoleRole } from '@signalbox/agent-api';
import { hasRole } from '../certificate-role.ts';

/** id-kp-clientAuth, RFC 5280 section 4.2.1.12. */
const CLIENT_AUTH = '1.3.6.1.5.5.7.3.2';

/**
 * Why a certificate of our CA may not command this host, or null when it may. Being signed by our CA is not enough: so
 * is every web server's agent, and without an extended key usage Node would take its certificate for a client's.
 */
export function notTheConsole(certificate: X509Certificate | undefined): string | null {
  if (!certificate) return 'it shows no certificate';
  // Node calls the extended key usages `keyUsage`; without the extension it is undefined, whatever the type says.
  const usages = new Set<string>(certificate.keyUsage);
  if (!usages.has(CLIENT_AUTH)) return 'its certificate is not for a client (no clientAuth)';
  if (!hasRole(certificate.subjectAltName, consoleRole))
    return `its certificate is not in the role ${consoleRole}`;
  return null;
}
