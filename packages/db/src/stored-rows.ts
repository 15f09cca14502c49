// The rows of one cluster's draft: read whole, and brought to new ones by touching only what differs.
import type { Prisma, PrismaClient } from './generated/client.ts';
import type { TopologyRows } from './topology-to-rows.ts';

type Client = PrismaClient | Prisma.TransactionClient;

/** Each list in the order drawn, within its parent. */
export async function readRows(db: Client, clusterId: string) {
  const mine = { where: { clusterId }, orderBy: { order: 'asc' } } as const;
  return {
    network: await db.network.findMany(mine),
    networkCidr: await db.networkCidr.findMany(mine),
    node: await db.node.findMany(mine),
    interface: await db.interface.findMany(mine),
    address: await db.address.findMany(mine),
    vip: await db.vip.findMany(mine),
    virtualService: await db.virtualService.findMany(mine),
    destination: await db.destination.findMany(mine),
  };
}

export type StoredRows = Awaited<ReturnType<typeof readRows>>;

export const noRows: StoredRows = {
  network: [],
  networkCidr: [],
  node: [],
  interface: [],
  address: [],
  vip: [],
  virtualService: [],
  destination: [],
};

interface Change {
  readonly clusterId: string;
  readonly before: StoredRows;
  readonly after: TopologyRows;
}

/** @throws when two rows of `after` have the same identity. */
export async function writeRows(tx: Prisma.TransactionClient, { clusterId, before, after }: Change) {
  await replace(before.network, after.network, {
    identity: ({ id }) => ({ id }),
    remove: (OR) => tx.network.deleteMany({ where: { clusterId, OR } }),
    add: (data) => tx.network.createMany({ data }),
  });
  await replace(before.networkCidr, after.networkCidr, {
    identity: ({ networkId, order }) => ({ networkId, order }),
    remove: (OR) => tx.networkCidr.deleteMany({ where: { clusterId, OR } }),
    add: (data) => tx.networkCidr.createMany({ data }),
  });
  await replace(before.node, after.node, {
    identity: ({ id }) => ({ id }),
    remove: (OR) => tx.node.deleteMany({ where: { clusterId, OR } }),
    add: (data) => tx.node.createMany({ data }),
  });
  await replace(before.interface, after.interface, {
    identity: ({ nodeId, id }) => ({ nodeId, id }),
    remove: (OR) => tx.interface.deleteMany({ where: { clusterId, OR } }),
    add: (data) => tx.interface.createMany({ data }),
  });
  await replace(before.address, after.address, {
    identity: ({ nodeId, interfaceId, order }) => ({ nodeId, interfaceId, order }),
    remove: (OR) => tx.address.deleteMany({ where: { clusterId, OR } }),
    add: (data) => tx.address.createMany({ data }),
  });
  await replace(before.vip, after.vip, {
    identity: ({ id }) => ({ id }),
    remove: (OR) => tx.vip.deleteMany({ where: { clusterId, OR } }),
    add: (data) => tx.vip.createMany({ data }),
  });
  await replace(before.virtualService, after.virtualService, {
    identity: ({ id }) => ({ id }),
    remove: (OR) => tx.virtualService.deleteMany({ where: { clusterId, OR } }),
    add: (data) => tx.virtualService.createMany({ data }),
  });
  await replace(before.destination, after.destination, {
    identity: ({ serviceId, id }) => ({ serviceId, id }),
    remove: (OR) => tx.destination.deleteMany({ where: { clusterId, OR } }),
    add: (data) => tx.destination.createMany({ data }),
  });
}

interface Table<Before, After, Identity> {
  readonly identity: (row: Before) => Identity;
  readonly remove: (rows: Identity[]) => Promise<unknown>;
  readonly add: (rows: After[]) => Promise<unknown>;
}

/**
 * SQLite binds at most 32,766 values in a statement, long lists of ORs are slow to plan, and Prisma keeps a plan for every
 * length it has seen: pieces of one length share one.
 */
const ROWS_AT_ONCE = 100;

async function replace<Before extends object, After extends object, Identity>(
  before: readonly Before[],
  after: readonly After[],
  { identity, remove, add }: Table<Before, After, Identity>,
): Promise<void> {
  const wanted = new Set(after.map(rowText));
  const present = new Set(before.map(rowText));
  const gone = before.filter((row) => !wanted.has(rowText(row))).map(identity);
  for (let i = 0; i < gone.length; i += ROWS_AT_ONCE) await remove(gone.slice(i, i + ROWS_AT_ONCE));
  const missing = after.filter((row) => !present.has(rowText(row)));
  for (let i = 0; i < missing.length; i += ROWS_AT_ONCE) await add(missing.slice(i, i + ROWS_AT_ONCE));
}

/** One text per content, whatever the order of its columns. */
function rowText(row: object): string {
  return JSON.stringify(
    Object.entries(row)
      .map(([column, value]) => [column, typeof value === 'bigint' ? Number(value) : (value as unknown)])
      .sort(([a], [b]) => (String(a) < String(b) ? -1 : 1)),
  );
}
