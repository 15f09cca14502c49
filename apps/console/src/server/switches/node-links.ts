// Asking the agents of a cluster for facts and proofs, one by one or all at once. An agent that cannot be asked is an answer.
import { AgentRefusal, type Proofs } from '@signalbox/agent-api';
import type { Node } from '@signalbox/cluster';
import type { AgentPool } from '../agents/agent-pool.ts';
import { AgentUnreachable } from '../agents/agent-unreachable.ts';

export type Asked<T> =
  | { readonly kind: 'answered'; readonly value: T }
  | { readonly kind: 'noAgent' }
  | { readonly kind: 'silent'; readonly message: string };

export interface NodeLinks {
  ask<T>(nodeId: string, question: (proofs: Proofs) => Promise<T>): Promise<Asked<T>>;
}

export function nodeLinks(pool: AgentPool, clusterId: string, nodes: readonly Node[]): NodeLinks {
  return {
    ask: async (nodeId, question) => {
      const agent = nodes.find(({ id }) => id === nodeId)?.agent;
      if (!agent) return { kind: 'noAgent' };
      const link = pool.link({ clusterId, nodeId }, agent);
      if (!link) return { kind: 'silent', message: `${nodeId} has not joined: run its join command there.` };
      try {
        return { kind: 'answered', value: await question(link.proofs) };
      } catch (error) {
        if (error instanceof AgentUnreachable || error instanceof AgentRefusal)
          return { kind: 'silent', message: error.message };
        throw error;
      }
    },
  };
}
