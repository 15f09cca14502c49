// Clusters as operators draw them: every change is a new revision, told to whoever watches.
import { type Topology, diffTopology } from '@signalbox/cluster';
import type { Database, SaveOutcome, StoredCluster } from '@signalbox/db';
import type { SaveResult } from '../../api/contract.ts';
import type { AgentPool } from '../agents/agent-pool.ts';
import type { Clusters, Operator } from '../console.ts';
import type { Hub } from '../hub/hub.ts';
import { ConsoleRefusal } from '../refusal.ts';
import { preparedWays } from '../switches/prepared-ways.ts';
import { clusterIds } from './cluster-id.ts';
import { clusterView, emptyTopology, nodesToCover } from './cluster-view.ts';
import { repeatedId } from './repeated-id.ts';
import { reviewCluster } from './review.ts';

export interface ClusterRoom {
  readonly database: Database;
  readonly pool: AgentPool;
  readonly hub: Hub;
}

/** @throws ConsoleRefusal when there is no such cluster. */
export async function clusterOf(database: Database, clusterId: string): Promise<StoredCluster> {
  const cluster = await database.clusters.get(clusterId);
  if (!cluster) throw new ConsoleRefusal('notFound', 'There is no such cluster.');
  return cluster;
}

/** Makes the hub follow the cluster's nodes as they are now. */
export function followCluster(hub: Hub, cluster: StoredCluster): void {
  hub.follow(
    cluster.id,
    nodesToCover(cluster).map(({ id, agent }) => ({ nodeId: id, agent })),
  );
  hub.clusterChanged(cluster);
}

export function createClusters({ database, pool, hub }: ClusterRoom): Clusters {
  const save = async (
    draft: { clusterId: string; revision: number; topology: Topology },
    { by, event }: { by: Operator; event: { kind: string; message: string } },
  ): Promise<SaveResult> => {
    const twice = repeatedId(draft.topology);
    if (twice !== null) throw new ConsoleRefusal('invalid', `The id ${twice} is used twice.`);
    const outcome = await database.clusters.saveTopology({ ...draft, by: by.name });
    if (outcome.kind === 'saved') {
      followCluster(hub, outcome.current);
      await database.events.add({ ...event, clusterId: draft.clusterId, by: by.email });
    }
    return saveResult(outcome);
  };
  return {
    list: () => database.clusters.list(),
    get: async (clusterId) => clusterView(await clusterOf(database, clusterId)),
    review: async (clusterId) => {
      const cluster = await clusterOf(database, clusterId);
      const { review } = await reviewCluster(cluster, await preparedWays(database, cluster), pool);
      return review;
    },
    create: async (name, by) => {
      const topology = emptyTopology(name);
      for (const clusterId of clusterIds(name)) {
        if (!(await database.clusters.create({ clusterId, topology, by: by.name }))) continue;
        const cluster = await clusterOf(database, clusterId);
        followCluster(hub, cluster);
        const message = `${by.name} made the cluster ${name}.`;
        await database.events.add({ kind: 'clusterCreated', clusterId, by: by.email, message });
        return clusterView(cluster);
      }
      throw new ConsoleRefusal('invalid', 'There are too many clusters of this name.');
    },
    save: (draft, by) => {
      const message = `${by.name} saved revision ${draft.revision + 1}.`;
      return save(draft, { by, event: { kind: 'topologySaved', message } });
    },
    discard: async (at, by) => {
      const { applied } = await clusterOf(database, at.clusterId);
      if (!applied)
        throw new ConsoleRefusal('notNow', 'Nothing was applied yet, so there is nothing to go back to.');
      const message = `${by.name} went back to revision ${applied.revision}, the one applied.`;
      return save({ ...at, topology: applied.topology }, { by, event: { kind: 'draftDiscarded', message } });
    },
  };
}

function saveResult(outcome: SaveOutcome): SaveResult {
  switch (outcome.kind) {
    case 'noSuchCluster':
      throw new ConsoleRefusal('notFound', 'There is no such cluster.');
    case 'saved':
      return { kind: 'saved', cluster: clusterView(outcome.current) };
    case 'conflict':
      return {
        kind: 'conflict',
        current: clusterView(outcome.current),
        by: outcome.by,
        theirs: outcome.base ? diffTopology(outcome.base, outcome.current.topology) : [],
      };
  }
}
