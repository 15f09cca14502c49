// How a connection to one agent is made: with what the console shows and whom it trusts at that moment, so that renewed
// certificates on either side need no new link.
import type { PeerCertificate } from 'node:tls';
import { agentServerName } from '@signalbox/agent-api';
import { buildConnector } from 'undici';
import type { Credentials } from '../ca/certificate-authority.ts';
import { checkPeer } from './agent-tls.ts';

const CONNECT_MS = 5000;

/** The certificate that an agent showed when it was last connected to. */
export interface ShownCertificate {
  /** SHA-256, lower-case hex. */
  readonly fingerprint: string;
  readonly notAfter: Date;
}

export interface ConnectorOptions {
  readonly nodeId: string;
  readonly fingerprints: () => readonly string[];
  readonly credentials: () => Credentials;
  /** PEM. */
  readonly ca: string;
}

/** @param at the endpoint, for messages */
export function agentConnector(
  { nodeId, fingerprints, credentials, ca }: ConnectorOptions,
  { at, shown }: { at: string; shown: (certificate: ShownCertificate) => void },
): buildConnector.connector {
  const check = (certificate: PeerCertificate) => {
    const wrong = checkPeer({ nodeId, endpoint: at, fingerprints: fingerprints() }, certificate);
    if (!wrong) shown(readCertificate(certificate));
    return wrong;
  };
  return (options, callback) => {
    const { key, chain } = credentials();
    const connect = buildConnector({
      key,
      cert: chain,
      ca,
      servername: agentServerName(nodeId),
      timeout: CONNECT_MS,
      allowH2: false,
      // A resumed session would skip the check.
      maxCachedSessions: 0,
      checkServerIdentity: (_, certificate) => check(certificate),
    });
    connect(options, callback);
  };
}

const readCertificate = ({ fingerprint256, valid_to }: PeerCertificate): ShownCertificate => ({
  fingerprint: fingerprint256.replaceAll(':', '').toLowerCase(),
  notAfter: new Date(valid_to),
});
