// Finding the CA by the fingerprint in the join command. Nothing is said to the other side before its CA is known: this
// connection only looks at the certificates it shows, and the token goes over a second one that is verified as usual.
import { createHash, type X509Certificate } from 'node:crypto';
import { connect, type TLSSocket } from 'node:tls';
import { type HostPort, hostPortText } from '../host-port.ts';
import { OperatorError } from '../operator-error.ts';

/** The longest chain looked at: a leaf and its CA, with room for one in between. */
const LONGEST_CHAIN = 4;

/** `sha256:` + base64url of SHA-256 over the key (SubjectPublicKeyInfo), as in the join command. */
export function keyFingerprint(certificate: X509Certificate): string {
  const key = certificate.publicKey.export({ type: 'spki', format: 'der' });
  return `sha256:${createHash('sha256').update(key).digest('base64url')}`;
}

/**
 * The CA with this fingerprint among the certificates that the listener shows, PEM.
 * @throws OperatorError when nobody answers, or when no such CA is shown.
 */
export async function fetchPinnedCa(at: HostPort, pin: string, signal: AbortSignal): Promise<string> {
  const socket = await connected(at, signal);
  try {
    const ca = shownCertificates(socket).find((shown) => shown.ca && keyFingerprint(shown) === pin);
    if (ca) return ca.toString();
  } finally {
    socket.destroy();
  }
  throw new OperatorError(
    `${hostPortText(at)} does not show the CA of the join command (${pin}). ` +
      'Either the command is for another console, or somebody stands in between: nothing was sent.',
  );
}

function connected(at: HostPort, signal: AbortSignal): Promise<TLSSocket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ ...at, minVersion: 'TLSv1.3', rejectUnauthorized: false });
    const abort = () => socket.destroy(new Error('no answer in time'));
    signal.addEventListener('abort', abort, { once: true });
    socket.once('close', () => signal.removeEventListener('abort', abort));
    socket.once('secureConnect', () => resolve(socket));
    socket.once('error', (cause) =>
      reject(
        new OperatorError(`Cannot reach the console at ${hostPortText(at)}: ${cause.message}`, { cause }),
      ),
    );
  });
}

function shownCertificates(socket: TLSSocket): X509Certificate[] {
  const shown: X509Certificate[] = [];
  let next = socket.getPeerX509Certificate();
  while (next && shown.length < LONGEST_CHAIN) {
    shown.push(next);
    next = next.issuerCertificate;
  }
  return shown;
}
