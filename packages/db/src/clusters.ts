// Clusters as drawn: read, saved under an optimistic lock, with a snapshot per save.
import { Topology } from '@signalbox/cluster';
import type { Prisma, PrismaClient } from './generated/client.ts';
import { rowsToTopology } from './rows-to-topology.ts';
import { noRows, readRows, writeRows } from './stored-rows.ts';
import { topologyToRows } from './topology-to-rows.ts';

export interface StoredCluster {
  readonly id: string;
  readonly revision: number;
  readonly topology: Topology;
  /** What was applied whole last. */
  readonly applied: {
    readonly revision: number;
    readonly at: Date;
    /** Null: a switch that nobody confirmed, say, was undone by itself. */
    readonly by: string | null;
    readonly topology: Topology;
  } | null;
  readonly rolloutId: string | null;
  readonly switchId: string | null;
}

export interface ClusterEntry {
  readonly id: string;
  readonly name: string;
  readonly nodes: number;
  readonly services: number;
}

export interface Draft {
  readonly clusterId: string;
  /** The revision the editor started from. */
  readonly revision: number;
  readonly topology: Topology;
  readonly by: string;
}

export type SaveOutcome =
  | { readonly kind: 'saved'; readonly current: StoredCluster }
  /** Somebody (`by`) saved since; `base` is what this draft started from, null when it never existed. */
  | {
      readonly kind: 'conflict';
      readonly current: StoredCluster;
      readonly by: string;
      readonly base: Topology | null;
    }
  | { readonly kind: 'noSuchCluster' };

export interface ClusterStore {
  /** By name. */
  list(): Promise<ClusterEntry[]>;
  get(clusterId: string): Promise<StoredCluster | null>;
  /** False when the id is taken. The first revision is 1. */
  create(draft: { clusterId: string; topology: Topology; by: string }): Promise<boolean>;
  saveTopology(draft: Draft): Promise<SaveOutcome>;
  topologyAt(clusterId: string, revision: number): Promise<Topology | null>;
}

export function clusterStore(prisma: PrismaClient, now: () => Date): ClusterStore {
  const get = (clusterId: string) => prisma.$transaction((tx) => read(tx, clusterId));

  return {
    get,
    topologyAt: (clusterId, revision) => topologyAt(prisma, clusterId, revision),
    list: async () => {
      const rows = await prisma.cluster.findMany({
        orderBy: [{ name: 'asc' }, { id: 'asc' }],
        include: { _count: { select: { nodes: true, services: true } } },
      });
      return rows.map(({ id, name, _count }) => ({ id, name, ..._count }));
    },
    create: ({ clusterId, topology, by }) =>
      prisma.$transaction(async (tx) => {
        if (await tx.cluster.findUnique({ where: { id: clusterId } })) return false;
        await tx.cluster.create({ data: { id: clusterId, name: topology.name, revision: 1 } });
        const after = topologyToRows(clusterId, topology);
        await writeRows(tx, { clusterId, before: noRows, after });
        await snapshot(tx, { clusterId, revision: 1, topology, by, at: now() });
        return true;
      }),
    saveTopology: async (draft) => {
      const saved = await prisma.$transaction((tx) => save(tx, draft, now()));
      const current = await get(draft.clusterId);
      if (!current) return { kind: 'noSuchCluster' };
      if (saved) return { kind: 'saved', current };
      const last = await prisma.revision.findUnique({
        where: { clusterId_revision: { clusterId: draft.clusterId, revision: current.revision } },
      });
      const base = await topologyAt(prisma, draft.clusterId, draft.revision);
      return { kind: 'conflict', current, by: last?.by ?? '', base };
    },
  };
}

/** In one transaction, so that a revision is never shown with the rows of another. */
async function read(tx: Prisma.TransactionClient, clusterId: string): Promise<StoredCluster | null> {
  const row = await tx.cluster.findUnique({ where: { id: clusterId } });
  if (!row) return null;
  const { appliedRevision: revision, appliedAt: at, appliedBy: by } = row;
  const applied = revision === null ? null : await topologyAt(tx, clusterId, revision);
  return {
    id: row.id,
    revision: row.revision,
    topology: rowsToTopology(row.name, await readRows(tx, clusterId)),
    applied: revision !== null && at !== null && applied ? { revision, at, by, topology: applied } : null,
    rolloutId: row.rolloutId,
    switchId: row.switchId,
  };
}

async function topologyAt(
  db: PrismaClient | Prisma.TransactionClient,
  clusterId: string,
  revision: number,
): Promise<Topology | null> {
  const row = await db.revision.findUnique({ where: { clusterId_revision: { clusterId, revision } } });
  return row && Topology.parse(JSON.parse(row.topology));
}

async function save(tx: Prisma.TransactionClient, draft: Draft, at: Date): Promise<boolean> {
  const { clusterId, revision, topology, by } = draft;
  const won = await tx.cluster.updateMany({
    where: { id: clusterId, revision },
    data: { revision: { increment: 1 }, name: topology.name },
  });
  if (won.count === 0) return false;
  const before = await readRows(tx, clusterId);
  await writeRows(tx, { clusterId, before, after: topologyToRows(clusterId, topology) });
  await snapshot(tx, { clusterId, revision: revision + 1, topology, by, at });
  return true;
}

/** What was applied last, beside the draft. */
export async function readApplied(tx: Prisma.TransactionClient, clusterId: string) {
  const cluster = await read(tx, clusterId);
  if (!cluster?.applied) return null;
  const { revision, topology } = cluster.applied;
  return { revision, topology, draftRevision: cluster.revision, draft: cluster.topology };
}

/** Makes the topology the cluster's newest revision, whatever it was; answers its number. */
export async function saveRevision(
  tx: Prisma.TransactionClient,
  { clusterId, topology, by, at }: Omit<Draft, 'revision'> & { at: Date },
): Promise<number> {
  const { revision } = await tx.cluster.findUniqueOrThrow({ where: { id: clusterId } });
  await save(tx, { clusterId, revision, topology, by }, at);
  return revision + 1;
}

async function snapshot(
  tx: Prisma.TransactionClient,
  { topology, ...row }: { clusterId: string; revision: number; topology: Topology; by: string; at: Date },
) {
  await tx.revision.create({ data: { ...row, topology: JSON.stringify(topology) } });
}
