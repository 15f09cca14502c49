// Clusters as drawn: read, saved under an optimistic lock, with a snapshot per save.
import { Topology } from '@signalbox/cluster';
import type { Prisma, PrismaClient } from './generated/client.ts';
import { rowsToTopology, topologyInclude } from './rows-to-topology.ts';
import { topologyToRows } from './topology-to-rows.ts';

export interface StoredCluster {
  readonly id: string;
  readonly revision: number;
  readonly topology: Topology;
  /** What was applied whole last. */
  readonly applied: {
    readonly revision: number;
    readonly at: Date;
    readonly by: string;
    readonly topology: Topology;
  } | null;
  readonly rolloutId: string | null;
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

/** A save of 1,000 services with 10 destinations each takes about two seconds on a small machine. */
const SAVE_TIMEOUT_MS = 60_000;

export function clusterStore(prisma: PrismaClient, now: () => Date): ClusterStore {
  const get = async (clusterId: string): Promise<StoredCluster | null> => {
    const row = await prisma.cluster.findUnique({ where: { id: clusterId }, include: topologyInclude });
    if (!row) return null;
    const { appliedRevision: revision, appliedAt: at, appliedBy: by } = row;
    const appliedTopology = revision === null ? null : await topologyAt(clusterId, revision);
    return {
      id: row.id,
      revision: row.revision,
      topology: rowsToTopology(row),
      applied:
        revision !== null && at !== null && by !== null && appliedTopology
          ? { revision, at, by, topology: appliedTopology }
          : null,
      rolloutId: row.rolloutId,
    };
  };

  const topologyAt = async (clusterId: string, revision: number) => {
    const row = await prisma.revision.findUnique({
      where: { clusterId_revision: { clusterId, revision } },
    });
    return row && Topology.parse(JSON.parse(row.topology));
  };

  return {
    get,
    topologyAt,
    list: async () => {
      const rows = await prisma.cluster.findMany({
        orderBy: [{ name: 'asc' }, { id: 'asc' }],
        include: { _count: { select: { nodes: true, services: true } } },
      });
      return rows.map(({ id, name, _count }) => ({ id, name, ..._count }));
    },
    create: ({ clusterId, topology, by }) =>
      prisma.$transaction(
        async (tx) => {
          if (await tx.cluster.findUnique({ where: { id: clusterId } })) return false;
          await tx.cluster.create({ data: { id: clusterId, name: topology.name, revision: 1 } });
          await writeTopology(tx, clusterId, topology);
          await snapshot(tx, { clusterId, revision: 1, topology, by, at: now() });
          return true;
        },
        { timeout: SAVE_TIMEOUT_MS },
      ),
    saveTopology: async (draft) => {
      const saved = await prisma.$transaction((tx) => save(tx, draft, now()), { timeout: SAVE_TIMEOUT_MS });
      const current = await get(draft.clusterId);
      if (!current) return { kind: 'noSuchCluster' };
      if (saved) return { kind: 'saved', current };
      const last = await prisma.revision.findUnique({
        where: { clusterId_revision: { clusterId: draft.clusterId, revision: current.revision } },
      });
      const base = await topologyAt(draft.clusterId, draft.revision);
      return { kind: 'conflict', current, by: last?.by ?? '', base };
    },
  };
}

async function save(tx: Prisma.TransactionClient, draft: Draft, at: Date): Promise<boolean> {
  const { clusterId, revision, topology, by } = draft;
  const won = await tx.cluster.updateMany({
    where: { id: clusterId, revision },
    data: { revision: { increment: 1 }, name: topology.name },
  });
  if (won.count === 0) return false;
  await tx.network.deleteMany({ where: { clusterId } });
  await tx.node.deleteMany({ where: { clusterId } });
  await tx.vip.deleteMany({ where: { clusterId } });
  await tx.virtualService.deleteMany({ where: { clusterId } });
  await writeTopology(tx, clusterId, topology);
  await snapshot(tx, { clusterId, revision: revision + 1, topology, by, at });
  return true;
}

async function writeTopology(tx: Prisma.TransactionClient, clusterId: string, topology: Topology) {
  const rows = topologyToRows(clusterId, topology);
  await tx.network.createMany({ data: rows.network });
  await tx.networkCidr.createMany({ data: rows.networkCidr });
  await tx.node.createMany({ data: rows.node });
  await tx.interface.createMany({ data: rows.interface });
  await tx.address.createMany({ data: rows.address });
  await tx.vip.createMany({ data: rows.vip });
  await tx.virtualService.createMany({ data: rows.virtualService });
  await tx.destination.createMany({ data: rows.destination });
}

async function snapshot(
  tx: Prisma.TransactionClient,
  { topology, ...row }: { clusterId: string; revision: number; topology: Topology; by: string; at: Date },
) {
  await tx.revision.create({ data: { ...row, topology: JSON.stringify(topology) } });
}
