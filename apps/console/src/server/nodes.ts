// Single nodes: what is on them, how they join, how they are put out.
import { AgentRefusal, joinCommand } from '@signalbox/agent-api';
import type { Node } from '@signalbox/cluster';
import type { Database } from '@signalbox/db';
import type { CertificateNotice, JoinCommand, NodeAnswer, PutBackView } from '../api/contract.ts';
import type { AgentPool } from './agents/agent-pool.ts';
import type { CertificateRenewals } from './agents/renewals.ts';
import { AgentUnreachable } from './agents/agent-unreachable.ts';
import type { CertificateAuthority } from './ca/certificate-authority.ts';
import type { TrustList } from './ca/trust-list.ts';
import { nodesToCover } from './clusters/cluster-view.ts';
import { clusterOf, followCluster } from './clusters/clusters.ts';
import type { NodeRef, Nodes, Operator } from './console.ts';
import { joinTokenExpiry, joinTokenHash, newJoinToken } from './enrolment/join-token.ts';
import type { ListenAddress } from './http/listen.ts';
import type { Hub } from './hub/hub.ts';
import { ConsoleRefusal } from './refusal.ts';

export interface NodeRoom {
  readonly database: Database;
  readonly pool: AgentPool;
  readonly hub: Hub;
  readonly trust: TrustList;
  readonly renewals: CertificateRenewals;
  readonly authority: CertificateAuthority;
  /** Where nodes reach the enrolment listener; null while there is none. */
  readonly enrolAt: ListenAddress | null;
  readonly now: () => Date;
}

export const createNodes = (room: NodeRoom): Nodes => ({
  get: (at) => lookAt(room, at),
  putBacks: (clusterId) => putBacks(room, clusterId),
  join: (at, by) => join(room, at, by),
  revoke: async (at, by) => {
    await nodeOf(room, at);
    await revokeNode(room, at, by);
    followCluster(room.hub, await clusterOf(room.database, at.clusterId));
  },
});

/** Takes a node's certificates off the trust list and closes its sockets. `by` null: because it is not drawn any more. */
export async function revokeNode(
  { database, trust, pool }: Pick<NodeRoom, 'database' | 'trust' | 'pool'>,
  at: NodeRef,
  by: Operator | null,
): Promise<void> {
  await database.trust.revoke(at);
  await trust.reload();
  pool.drop(at);
  const why = by ? `${by.name} revoked ${at.nodeId}.` : `${at.nodeId} is not part of the cluster any more.`;
  await database.events.add({ kind: 'nodeRevoked', ...at, by: by?.email ?? null, message: why });
}

async function nodeOf({ database }: NodeRoom, { clusterId, nodeId }: NodeRef): Promise<Node> {
  const node = nodesToCover(await clusterOf(database, clusterId)).find(({ id }) => id === nodeId);
  if (!node) throw new ConsoleRefusal('notFound', 'There is no such node in this cluster.');
  return node;
}

async function lookAt(room: NodeRoom, at: NodeRef): Promise<NodeAnswer> {
  const node = await nodeOf(room, at);
  if (!node.agent) return { kind: 'none' };
  const link = room.pool.link(at, node.agent);
  if (!link) return { kind: 'notEnrolled' };
  try {
    const [support, observation] = await Promise.all([link.support(), link.observe()]);
    return {
      kind: 'answers',
      node: { nodeId: at.nodeId, support, ...observation },
      certificate: certificateNotice(room, at),
    };
  } catch (error) {
    if (error instanceof AgentUnreachable || error instanceof AgentRefusal)
      return { kind: 'unreachable', message: error.message };
    throw error;
  }
}

/** A screenful for each of a few nodes: older ones are in the log. */
const MOST_PUT_BACKS = 100;

async function putBacks({ database }: NodeRoom, clusterId: string): Promise<readonly PutBackView[]> {
  await clusterOf(database, clusterId);
  const events = await database.events.list({ clusterId, kind: 'putBack', limit: MOST_PUT_BACKS });
  return events.map(({ id, nodeId, at, message }) => ({ id, nodeId, at: at.toISOString(), message }));
}

function certificateNotice({ renewals }: NodeRoom, at: NodeRef): CertificateNotice | null {
  const unrenewed = renewals.unrenewed(at);
  return unrenewed && { endsAt: unrenewed.endsAt.toISOString(), problem: unrenewed.problem };
}

async function join(room: NodeRoom, at: NodeRef, by: Operator): Promise<JoinCommand> {
  const node = await nodeOf(room, at);
  if (!node.agent)
    throw new ConsoleRefusal('notNow', `Say first where the agent of ${node.name} will be reached.`);
  const { enrolAt } = room;
  if (!enrolAt)
    throw new ConsoleRefusal(
      'notNow',
      'Nodes cannot join while enrolment is off: start the console with --enrol-listen ADDRESS:PORT.',
    );
  const token = newJoinToken();
  const expiresAt = joinTokenExpiry(room.now());
  await room.database.trust.addToken({ ...at, hash: joinTokenHash(token), by: by.email, expiresAt });
  const message = `${by.name} made a join command for ${node.name}.`;
  await room.database.events.add({ kind: 'joinCommandMade', ...at, by: by.email, message });
  const command = joinCommand({ console: enrolAt, token, ca: room.authority.fingerprint });
  return { command, expiresAt: expiresAt.toISOString() };
}
