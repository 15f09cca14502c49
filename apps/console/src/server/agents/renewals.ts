// Agents' certificates are renewed before they end, over the connection that the console has anyway. A renewal that fails
// is said and tried again; nothing else waits for it.
import { AgentRefusal, agentServerName } from '@signalbox/agent-api';
import type { AgentEndpoint } from '@signalbox/cluster';
import type { Database } from '@signalbox/db';
import type { CertificateAuthority, IssuedCertificate } from '../ca/certificate-authority.ts';
import { RENEW_WHEN_LEFT_MS } from '../ca/certificates.ts';
import type { TrustList } from '../ca/trust-list.ts';
import type { NodeRef } from '../console.ts';
import { ConsoleRefusal } from '../refusal.ts';
import type { ShownCertificate } from './agent-connector.ts';
import type { AgentLink } from './agent-link.ts';
import type { AgentPool } from './agent-pool.ts';
import { AgentUnreachable } from './agent-unreachable.ts';

export interface RenewalRoom {
  readonly database: Database;
  readonly authority: CertificateAuthority;
  readonly trust: TrustList;
  readonly pool: AgentPool;
  readonly now: () => Date;
}

/** A certificate that should have been renewed and was not. */
export interface UnrenewedCertificate {
  readonly endsAt: Date;
  readonly problem: string;
}

export const RETRY_MS = 3_600_000;

interface Attempt {
  readonly at: number;
  readonly failure: UnrenewedCertificate | null;
}

const keyOf = ({ clusterId, nodeId }: NodeRef) => `${clusterId}/${nodeId}`;

export class CertificateRenewals {
  readonly #room: RenewalRoom;
  readonly #attempts = new Map<string, Attempt>();
  #closed = false;

  constructor(room: RenewalRoom) {
    this.#room = room;
  }

  /** Null while the certificate has time, or was renewed. */
  unrenewed(node: NodeRef): UnrenewedCertificate | null {
    return this.#attempts.get(keyOf(node))?.failure ?? null;
  }

  /** To be called whenever the node's agent answered. Renews what it shows when that is due; never throws. */
  async answered(node: NodeRef, endpoint: AgentEndpoint): Promise<void> {
    const link = this.#room.pool.link(node, endpoint);
    const shown = link?.shown();
    // A connection from before the last renewal shows what is not trusted any more: it says nothing about the next one.
    if (!link || !shown || !this.#room.trust.fingerprintsOf(node).includes(shown.fingerprint)) return;
    try {
      if (this.#isDue(node, shown)) await this.#attempt(node, link, shown);
      else if (!this.#isOld(shown)) await this.#settle(node, shown);
    } catch (error) {
      if (!this.#closed) console.error(`Writing about the certificate of ${node.nodeId} failed:`, error);
    }
  }

  /** What is under way ends with the links. */
  close(): void {
    this.#closed = true;
  }

  #isOld({ notAfter }: ShownCertificate): boolean {
    return notAfter.getTime() - this.#room.now().getTime() < RENEW_WHEN_LEFT_MS;
  }

  #isDue(node: NodeRef, shown: ShownCertificate): boolean {
    const last = this.#attempts.get(keyOf(node));
    return this.#isOld(shown) && (!last || this.#room.now().getTime() - last.at >= RETRY_MS);
  }

  /** The agent shows a certificate with time: older ones are not needed any more. */
  async #settle(node: NodeRef, shown: ShownCertificate): Promise<void> {
    this.#attempts.delete(keyOf(node));
    if (this.#room.trust.fingerprintsOf(node).length > 1) await this.#retireOthers(node, shown.fingerprint);
  }

  async #attempt(node: NodeRef, link: AgentLink, shown: ShownCertificate): Promise<void> {
    const { database, now } = this.#room;
    const at = now().getTime();
    this.#attempts.set(keyOf(node), { at, failure: this.unrenewed(node) });
    const event = { ...node, by: null };
    try {
      const issued = await this.#renew(node, link, shown);
      this.#attempts.delete(keyOf(node));
      const message = `The certificate of ${node.nodeId} was renewed until ${issued.notAfter.toISOString()}.`;
      await database.events.add({ kind: 'certificateRenewed', ...event, message });
    } catch (error) {
      if (this.#closed) return;
      const problem = problemOf(error);
      this.#attempts.set(keyOf(node), { at, failure: { endsAt: shown.notAfter, problem } });
      const message = `The certificate of ${node.nodeId} ends on ${shown.notAfter.toISOString()} and could not be renewed: ${problem}`;
      await database.events.add({ kind: 'certificateNotRenewed', ...event, message });
    }
  }

  /** Trusted before the agent has it, so that a crash on either side leaves a certificate that both know. */
  async #renew(node: NodeRef, link: AgentLink, shown: ShownCertificate): Promise<IssuedCertificate> {
    const { database, authority, trust } = this.#room;
    const { csr } = await link.renewal.request();
    const { publicKey, commonName } = await authority.readRequest(csr);
    if (commonName !== agentServerName(node.nodeId))
      throw new ConsoleRefusal('invalid', `Its request is for ${commonName ?? 'nobody'}.`);
    const issued = await authority.issueAgent(node.nodeId, publicKey);
    const { fingerprint, notAfter } = issued;
    if (!(await database.trust.addRenewed({ ...node, fingerprint, notAfter }, shown.fingerprint)))
      throw new ConsoleRefusal('notNow', 'It was put out, or joined anew, in this moment.');
    await trust.reload();
    await link.renewal.install({ certificate: issued.pem });
    await this.#retireOthers(node, fingerprint);
    return issued;
  }

  async #retireOthers(node: NodeRef, fingerprint: string): Promise<void> {
    await this.#room.database.trust.retireOthers(node, fingerprint);
    await this.#room.trust.reload();
  }
}

/** The sentence for an operator; our own failures are for the log. */
function problemOf(error: unknown): string {
  if (error instanceof AgentUnreachable || error instanceof AgentRefusal || error instanceof ConsoleRefusal)
    return error.message;
  console.error('Renewing a certificate failed:', error);
  return 'The console failed to do this. Its log says why.';
}
