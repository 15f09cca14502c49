import type { TrustedCertificate, TrustStore } from '@signalbox/db';
import type { NodeRef } from '../console.ts';

/** The certificates we trust, by node, as of the last reload: what every handshake with an agent is checked against. */
export interface TrustList {
  /** SHA-256, lower-case hex; empty when the node has not enrolled or was revoked. */
  fingerprintsOf(node: NodeRef): readonly string[];
  /** Another number once the node joined anew or was put out; a renewed certificate leaves it as it is. */
  generationOf(node: NodeRef): number;
  /** Nodes of a cluster that hold a certificate. */
  nodesOf(clusterId: string): readonly string[];
  reload(): Promise<void>;
}

interface Trusted {
  readonly clusterId: string;
  readonly nodeId: string;
  readonly fingerprints: readonly string[];
  readonly generation: number;
}

const keyOf = ({ clusterId, nodeId }: NodeRef) => `${clusterId}/${nodeId}`;

export async function loadTrustList(store: TrustStore): Promise<TrustList> {
  let generation = 0;
  let trusted = new Map<string, Trusted>();
  const reload = async () => {
    const certificates = await store.trusted();
    const before = trusted;
    generation += 1;
    trusted = new Map(
      [...Map.groupBy(certificates, keyOf)].map(([key, its]) => [
        key,
        trustedNode(its, before.get(key), generation),
      ]),
    );
  };
  await reload();
  return {
    fingerprintsOf: (node) => trusted.get(keyOf(node))?.fingerprints ?? [],
    generationOf: (node) => trusted.get(keyOf(node))?.generation ?? 0,
    nodesOf: (clusterId) =>
      [...trusted.values()].filter((node) => node.clusterId === clusterId).map(({ nodeId }) => nodeId),
    reload,
  };
}

/** Renewing adds a certificate before it takes the older one away: a node none of whose certificates is left has joined anew. */
function trustedNode(
  certificates: readonly TrustedCertificate[],
  before: Trusted | undefined,
  generation: number,
): Trusted {
  const [{ clusterId, nodeId }] = certificates as [TrustedCertificate];
  const fingerprints = certificates.map(({ fingerprint }) => fingerprint);
  const same = before?.fingerprints.some((fingerprint) => fingerprints.includes(fingerprint));
  return { clusterId, nodeId, fingerprints, generation: before && same ? before.generation : generation };
}
