// Switches: services on their way from one forwarding method to another, and how far they are.
import { type ForwardingMethod, type SwitchStepName, withMethod } from '@signalbox/cluster';
import { readApplied, saveRevision } from './clusters.ts';
import type { Prisma, PrismaClient, SwitchState } from './generated/client.ts';

export interface MovingService {
  readonly serviceId: string;
  readonly name: string;
  readonly from: ForwardingMethod;
}

export interface StoredSwitch {
  readonly id: string;
  readonly clusterId: string;
  readonly by: string;
  readonly to: ForwardingMethod;
  readonly services: readonly MovingService[];
  readonly startedAt: Date;
  readonly finishedAt: Date | null;
  readonly state: SwitchState;
  readonly step: SwitchStepName;
  readonly target: SwitchStepName;
  readonly warm: boolean;
  readonly flippedAt: Date | null;
  readonly failure: string | null;
  /** What is shown of it: the console's own, kept as JSON. */
  readonly record: unknown;
}

export type NewSwitch = Pick<
  StoredSwitch,
  'id' | 'clusterId' | 'by' | 'to' | 'services' | 'state' | 'step' | 'target' | 'warm' | 'record'
> & { readonly revision: number };

export type SwitchChange = Partial<
  Pick<StoredSwitch, 'state' | 'step' | 'target' | 'warm' | 'flippedAt' | 'failure' | 'record'>
>;

/** `by`: who had new connections go this way; null: nobody, it went back by itself. */
export type FlipChange = SwitchChange & { readonly method: 'from' | 'to'; readonly by: string | null };

export type BeginSwitch = 'begun' | 'busy' | 'revisionMoved';

export interface SwitchStore {
  /** Takes the cluster for this switch; refuses while a rollout or another switch has it. */
  begin(order: NewSwitch): Promise<BeginSwitch>;
  change(switchId: string, change: SwitchChange): Promise<void>;
  /** The flip was read back: the drawn and the applied topology get the method, in a revision of their own. */
  flipped(switchId: string, change: FlipChange): Promise<void>;
  /** Ends it and frees the cluster. */
  finish(
    switchId: string,
    change: SwitchChange & { state: Extract<SwitchState, 'done' | 'wentBack'> },
  ): Promise<void>;
  get(switchId: string): Promise<StoredSwitch | null>;
  /** Newest first. */
  list(clusterId: string, limit: number): Promise<StoredSwitch[]>;
  /** Those that are not at their end. */
  live(): Promise<StoredSwitch[]>;
}

export function switchStore(prisma: PrismaClient, now: () => Date): SwitchStore {
  return {
    begin: (order) => prisma.$transaction((tx) => begin(tx, order, now())),
    change: async (id, change) => {
      await prisma.switch.update({ where: { id }, data: changed(change) });
    },
    flipped: (id, { method, by, ...change }) =>
      prisma.$transaction(async (tx) => {
        const row = await tx.switch.update({ where: { id }, data: changed(change) });
        await recordMethod(tx, { row, method, appliedBy: by, at: now() });
      }),
    finish: (id, change) =>
      prisma.$transaction(async (tx) => {
        await tx.switch.update({ where: { id }, data: { ...changed(change), finishedAt: now() } });
        await tx.cluster.updateMany({ where: { switchId: id }, data: { switchId: null } });
      }),
    get: async (id) => {
      const row = await prisma.switch.findUnique({ where: { id } });
      return row && stored(row);
    },
    list: async (clusterId, take) => {
      const rows = await prisma.switch.findMany({
        where: { clusterId },
        orderBy: { startedAt: 'desc' },
        take,
      });
      return rows.map(stored);
    },
    live: async () => (await prisma.switch.findMany({ where: { finishedAt: null } })).map(stored),
  };
}

async function begin(
  tx: Prisma.TransactionClient,
  { revision, services, record, ...order }: NewSwitch,
  startedAt: Date,
): Promise<BeginSwitch> {
  const cluster = await tx.cluster.findUniqueOrThrow({ where: { id: order.clusterId } });
  if (cluster.rolloutId !== null || cluster.switchId !== null) return 'busy';
  if (cluster.revision !== revision) return 'revisionMoved';
  await tx.cluster.update({ where: { id: order.clusterId }, data: { switchId: order.id } });
  await tx.switch.create({
    data: { ...order, services: JSON.stringify(services), record: JSON.stringify(record), startedAt },
  });
  return 'begun';
}

/**
 * A draft that was changed meanwhile keeps its changes: the applied topology with the method becomes one revision, the
 * draft with the method the next.
 */
async function recordMethod(
  tx: Prisma.TransactionClient,
  {
    row,
    method,
    appliedBy,
    at,
  }: { row: SwitchRow; at: Date; appliedBy: string | null } & Pick<FlipChange, 'method'>,
): Promise<void> {
  const { clusterId, by, services, to } = stored(row);
  const applied = await readApplied(tx, clusterId);
  if (applied === null) throw new Error(`Switch ${row.id} moves a cluster that was never applied.`);
  const ways = services.map(({ serviceId, from }) => ({
    services: [serviceId],
    to: method === 'to' ? to : from,
  }));
  const moved = (topology: typeof applied.topology) => ways.reduce(withMethod, topology);
  // A flip that failed half-way comes back to what is drawn already.
  if (JSON.stringify(moved(applied.topology)) === JSON.stringify(applied.topology)) return;
  const draftDiffers = applied.draftRevision !== applied.revision;
  const first = await saveRevision(tx, { clusterId, topology: moved(applied.topology), by, at });
  if (draftDiffers) await saveRevision(tx, { clusterId, topology: moved(applied.draft), by, at });
  await tx.cluster.update({
    where: { id: clusterId },
    data: { appliedRevision: first, appliedAt: at, appliedBy },
  });
}

const changed = ({ record, ...change }: SwitchChange): Prisma.SwitchUpdateInput => ({
  ...change,
  ...(record === undefined ? {} : { record: JSON.stringify(record) }),
});

type SwitchRow = Prisma.SwitchGetPayload<object>;

const stored = ({ services, record, ...row }: SwitchRow): StoredSwitch => ({
  ...row,
  services: JSON.parse(services) as MovingService[],
  record: JSON.parse(record) as unknown,
});
