import { agentRole, agentServerName } from '@signalbox/agent-api';
import type { PeerCertificate } from 'node:tls';
import { checkServerIdentity } from 'node:tls';
import { WrongPeer } from './agent-unreachable.ts';

/** Whom we expect at an endpoint: the node's agent, by a certificate that we issued to it and have not revoked. */
export interface ExpectedPeer {
  readonly nodeId: string;
  readonly endpoint: string;
  /** SHA-256 over the certificate, lower-case hex. */
  readonly fingerprints: readonly string[];
}

/**
 * The part of a handshake that TLS leaves to us: the name, the role in the URI of subjectAltName, and that this very
 * certificate is on our trust list (ids are unique in a cluster only, and a revoked certificate is still well signed).
 */
export function checkPeer(peer: ExpectedPeer, certificate: PeerCertificate): Error | undefined {
  const wrongName = checkServerIdentity(agentServerName(peer.nodeId), certificate);
  const uris = (certificate.subjectaltname ?? '').split(', ');
  if (wrongName || !uris.includes(`URI:${agentRole(peer.nodeId)}`))
    return new WrongPeer(
      `${peer.endpoint} is not the agent of ${peer.nodeId}: its certificate is for another.`,
    );
  const shown = certificate.fingerprint256.replaceAll(':', '').toLowerCase();
  if (!peer.fingerprints.includes(shown))
    return new WrongPeer(
      `${peer.endpoint} shows a certificate of ${peer.nodeId} that is no longer trusted here. Join the node again.`,
    );
  return undefined;
}
