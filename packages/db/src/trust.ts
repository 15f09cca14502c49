// Who may join, and whom the console trusts: one-time tokens (hashes only) and the certificates it has issued.
import type { PrismaClient } from './generated/client.ts';

export interface NodeRef {
  readonly clusterId: string;
  readonly nodeId: string;
}

export interface NewJoinToken extends NodeRef {
  /** SHA-256 of the token, hex: the token itself is never stored. */
  readonly hash: string;
  readonly by: string;
  readonly expiresAt: Date;
}

export type TokenUse =
  | { readonly kind: 'accepted'; readonly node: NodeRef }
  /** `node` is known unless the token is plainly wrong. */
  | {
      readonly kind: 'refused';
      readonly reason: 'wrong' | 'expired' | 'reused';
      readonly node: NodeRef | null;
    };

export interface TrustedCertificate extends NodeRef {
  /** SHA-256 of the certificate, hex. */
  readonly fingerprint: string;
  readonly notAfter: Date;
}

export interface TrustStore {
  /** Older unused tokens of the same node stop working: only the newest command joins. */
  addToken(token: NewJoinToken): Promise<void>;
  /** Spends a token. However many ask at once, one is accepted. */
  useToken(hash: string): Promise<TokenUse>;
  /** The certificate of a node that has just joined: the node's earlier ones are revoked. */
  replaceCertificate(certificate: TrustedCertificate): Promise<void>;
  /**
   * A certificate that follows `from`, which stays trusted until `retireOthers`. False, and nothing is written, when
   * `from` is not trusted any more: a node that was put out meanwhile stays out.
   */
  addRenewed(certificate: TrustedCertificate, from: string): Promise<boolean>;
  /** The node shows this certificate now: its other ones are revoked. Does nothing when this one is not trusted. */
  retireOthers(node: NodeRef, fingerprint: string): Promise<void>;
  /** Issued, not revoked, not expired. */
  trusted(): Promise<TrustedCertificate[]>;
  /** Revokes all of a node's certificates and unused tokens; answers how many certificates. */
  revoke(node: NodeRef): Promise<number>;
}

export function trustStore(prisma: PrismaClient, now: () => Date): TrustStore {
  return {
    addToken: async ({ hash, clusterId, nodeId, by, expiresAt }) => {
      const at = now();
      await prisma.$transaction([
        prisma.joinToken.updateMany({
          where: { clusterId, nodeId, usedAt: null, expiresAt: { gt: at } },
          data: { expiresAt: at },
        }),
        prisma.joinToken.create({ data: { hash, clusterId, nodeId, by, expiresAt, createdAt: at } }),
      ]);
    },
    useToken: async (hash) => {
      const at = now();
      const won = await prisma.joinToken.updateMany({
        where: { hash, usedAt: null, expiresAt: { gt: at } },
        data: { usedAt: at },
      });
      const row = await prisma.joinToken.findUnique({ where: { hash } });
      if (!row) return { kind: 'refused', reason: 'wrong', node: null };
      const node = { clusterId: row.clusterId, nodeId: row.nodeId };
      if (won.count === 1) return { kind: 'accepted', node };
      return { kind: 'refused', reason: row.usedAt ? 'reused' : 'expired', node };
    },
    replaceCertificate: async ({ fingerprint, clusterId, nodeId, notAfter }) => {
      const at = now();
      await prisma.$transaction([
        prisma.agentCertificate.updateMany({
          where: { clusterId, nodeId, revokedAt: null },
          data: { revokedAt: at },
        }),
        prisma.agentCertificate.create({
          data: { fingerprint, clusterId, nodeId, notAfter, issuedAt: at },
        }),
      ]);
    },
    addRenewed: ({ fingerprint, clusterId, nodeId, notAfter }, from) =>
      prisma.$transaction(async (transaction) => {
        const where = { fingerprint: from, clusterId, nodeId, revokedAt: null };
        if ((await transaction.agentCertificate.count({ where })) === 0) return false;
        const data = { fingerprint, clusterId, nodeId, notAfter, issuedAt: now() };
        await transaction.agentCertificate.create({ data });
        return true;
      }),
    retireOthers: ({ clusterId, nodeId }, fingerprint) =>
      prisma.$transaction(async (transaction) => {
        const its = { clusterId, nodeId, revokedAt: null };
        if ((await transaction.agentCertificate.count({ where: { ...its, fingerprint } })) === 0) return;
        await transaction.agentCertificate.updateMany({
          where: { ...its, fingerprint: { not: fingerprint } },
          data: { revokedAt: now() },
        });
      }),
    trusted: async () => {
      const rows = await prisma.agentCertificate.findMany({
        where: { revokedAt: null, notAfter: { gt: now() } },
      });
      return rows.map(({ fingerprint, clusterId, nodeId, notAfter }) => ({
        fingerprint,
        clusterId,
        nodeId,
        notAfter,
      }));
    },
    revoke: async ({ clusterId, nodeId }) => {
      const at = now();
      const [revoked] = await prisma.$transaction([
        prisma.agentCertificate.updateMany({
          where: { clusterId, nodeId, revokedAt: null },
          data: { revokedAt: at },
        }),
        prisma.joinToken.updateMany({
          where: { clusterId, nodeId, usedAt: null, expiresAt: { gt: at } },
          data: { expiresAt: at },
        }),
      ]);
      return revoked.count;
    },
  };
}
