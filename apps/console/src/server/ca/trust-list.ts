import type { TrustStore } from '@signalbox/db';
import type { NodeRef } from '../console.ts';

/** The certificates we trust, by node, as of the last reload: what every handshake with an agent is checked against. */
export interface TrustList {
  /** SHA-256, lower-case hex; empty when the node has not enrolled or was revoked. */
  fingerprintsOf(node: NodeRef): readonly string[];
  /** Nodes of a cluster that hold a certificate. */
  nodesOf(clusterId: string): readonly string[];
  reload(): Promise<void>;
}

export async function loadTrustList(store: TrustStore): Promise<TrustList> {
  let trusted = await store.trusted();
  return {
    fingerprintsOf: ({ clusterId, nodeId }) =>
      trusted
        .filter((certificate) => certificate.clusterId === clusterId && certificate.nodeId === nodeId)
        .map((certificate) => certificate.fingerprint),
    nodesOf: (clusterId) => [
      ...new Set(trusted.filter((c) => c.clusterId === clusterId).map((certificate) => certificate.nodeId)),
    ],
    reload: async () => {
      trusted = await store.trusted();
    },
  };
}
