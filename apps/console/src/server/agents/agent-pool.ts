import type { AgentEndpoint } from '@signalbox/cluster';
import type { RenewingCredentials } from '../ca/renewing-credentials.ts';
import type { TrustList } from '../ca/trust-list.ts';
import type { NodeRef } from '../console.ts';
import { type AgentLink, linkToAgent } from './agent-link.ts';

/** One link per agent, shared by everything that talks to it, made anew when its endpoint changes or the node joins anew. */
export interface AgentPool {
  /** Null when the node has not enrolled, or was revoked. */
  link(node: NodeRef, endpoint: AgentEndpoint): AgentLink | null;
  /** Closes the node's sockets. */
  drop(node: NodeRef): void;
  close(): Promise<void>;
}

export interface PoolOptions {
  readonly trust: TrustList;
  readonly credentials: RenewingCredentials;
  /** PEM. */
  readonly ca: string;
}

const nodeKey = ({ clusterId, nodeId }: NodeRef) => `${clusterId}/${nodeId}`;

export function createAgentPool({ trust, credentials, ca }: PoolOptions): AgentPool {
  const links = new Map<string, { made: string; link: AgentLink }>();
  const drop = (node: NodeRef) => {
    const kept = links.get(nodeKey(node));
    links.delete(nodeKey(node));
    kept?.link.close().catch(reportClose);
  };
  return {
    drop,
    link: (node, endpoint) => {
      const fingerprints = () => trust.fingerprintsOf(node);
      if (fingerprints().length === 0) return null;
      const made = JSON.stringify([endpoint, trust.generationOf(node)]);
      const kept = links.get(nodeKey(node));
      if (kept?.made === made) return kept.link;
      drop(node);
      const link = linkToAgent({
        nodeId: node.nodeId,
        endpoint,
        fingerprints,
        credentials: () => credentials.current(),
        ca,
      });
      links.set(nodeKey(node), { made, link });
      return link;
    },
    close: async () => {
      const open = [...links.values()];
      links.clear();
      await Promise.all(open.map(({ link }) => link.close()));
    },
  };
}

function reportClose(error: unknown): void {
  console.error('Closing an agent link failed:', error);
}
