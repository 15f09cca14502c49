// Who this host is, while the agent runs: the console renews the certificate over the connection it already has.
import { X509Certificate } from 'node:crypto';
import { AgentRefusal, agentServerName, type Renewal } from '@signalbox/agent-api';
import { wrongWithCertificate } from '../join/wrong-with-certificate.ts';
import type { Log } from '../log.ts';
import { type Identity, loadIdentity, storeIdentity } from '../state/identity.ts';

export interface RenewableIdentity extends Renewal {
  current(): Identity;
  /** Told after the disk has it: from then on new connections are to be shown this one. */
  onRenewed(listener: (identity: Identity) => void): void;
}

export interface RenewableIdentityOptions {
  readonly folder: string;
  readonly identity: Identity;
  readonly log: Log;
}

const fingerprintOf = (certificate: X509Certificate) =>
  certificate.fingerprint256.replaceAll(':', '').toLowerCase();

export function renewableIdentity({ folder, identity, log }: RenewableIdentityOptions): RenewableIdentity {
  const listeners: ((identity: Identity) => void)[] = [];
  let current = identity;
  // In memory only: an agent that ends before it gets the certificate is simply asked again.
  let newKey: string | null = null;
  return {
    current: () => current,
    onRenewed: (listener) => {
      listeners.push(listener);
    },
    request: async () => {
      // Needed once in two months: until then the agent does not carry what makes certificates in memory.
      const { newKeyAndRequest } = await import('../join/certificate-request.ts');
      const { key, csr } = await newKeyAndRequest(agentServerName(current.nodeId));
      newKey = key;
      return { csr };
    },
    install: async ({ certificate }) => {
      const key = newKey;
      newKey = null;
      if (key === null)
        throw new AgentRefusal(
          'certificateUnfit',
          'This agent made no request for a certificate, or lost it.',
        );
      const renewed = { ...current, key, certificate };
      const wrong = wrongWithCertificate(renewed);
      if (wrong !== null) throw new AgentRefusal('certificateUnfit', `The renewal cannot be used: ${wrong}.`);
      await refuseIfJoinedAnew(folder, current);
      await storeIdentity(folder, renewed);
      current = renewed;
      for (const listener of listeners) listener(renewed);
      const read = new X509Certificate(certificate);
      log(`The console renewed this host's certificate; it ends on ${read.validToDate.toISOString()}.`);
      return { fingerprint: fingerprintOf(read) };
    },
  };
}

/** The operator's join is newer than what this process knows, and is not written over. */
async function refuseIfJoinedAnew(folder: string, current: Identity): Promise<void> {
  const stored = await loadIdentity(folder);
  if (stored?.certificate !== current.certificate)
    throw new AgentRefusal('certificateUnfit', 'This host has joined anew: its agent has to be restarted.');
}
