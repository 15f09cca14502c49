// Rollouts: what was ordered, and what happened on each host, operation by operation.
import type { ForwardingMethod, Operation, Phase, SwitchStepName } from '@signalbox/cluster';
import type { PhaseState, Prisma, PrismaClient, RolloutState } from './generated/client.ts';
import { locksCluster } from './switch-lock.ts';

/** One operation of a host's plan and what became of it. `waiting`: its phase has not ended yet. */
export interface StoredResult {
  readonly operation: Operation;
  readonly command: string;
  readonly outcome:
    | { readonly kind: 'waiting' }
    | { readonly kind: 'done' }
    | { readonly kind: 'failed'; readonly errno: string; readonly message: string }
    | { readonly kind: 'notRun' };
}

export interface StoredHostPhase {
  readonly phase: Phase;
  readonly state: PhaseState;
  readonly results: readonly StoredResult[];
}

export interface StoredRolloutHost {
  readonly nodeId: string;
  readonly digest: string;
  /** In the order they run. */
  readonly phases: readonly StoredHostPhase[];
}

/** What a rollout did for a switch, for whoever reads of it when the switch is long over. */
export interface StoredStep {
  readonly from: SwitchStepName;
  readonly to: SwitchStepName;
  /** The ways that the switch is between; `from` is null when its services came from several. */
  readonly ways: { readonly from: ForwardingMethod | null; readonly to: ForwardingMethod };
  /** No operator ordered it: the switch went back by itself. */
  readonly byItself: boolean;
}

export interface StoredRollout {
  readonly id: string;
  readonly clusterId: string;
  readonly revision: number;
  readonly epoch: number;
  readonly by: string;
  readonly startedAt: Date;
  readonly finishedAt: Date | null;
  readonly state: RolloutState;
  readonly phase: Phase | null;
  readonly failure: string | null;
  /** The switch that this is a step of. */
  readonly switchId: string | null;
  /** Null where it is no step, or of a time when that was not kept. */
  readonly step: StoredStep | null;
  readonly hosts: readonly StoredRolloutHost[];
}

export interface NewRollout {
  readonly id: string;
  readonly clusterId: string;
  readonly revision: number;
  readonly by: string;
  /** A step of a switch changes how the applied revision is served, not which one is applied. */
  readonly switchId: string | null;
  readonly step: StoredStep | null;
  /** The highest epoch any of the agents has seen: this rollout's is higher, also after a database was lost. */
  readonly epochSeen: number;
  readonly hosts: readonly StoredRolloutHost[];
}

export type BeginOutcome =
  | { readonly kind: 'begun'; readonly rollout: StoredRollout }
  /** Another rollout runs on this cluster, or a switch that has not come to its flip. */
  | { readonly kind: 'busy' }
  /** Somebody saved after the review. */
  | { readonly kind: 'revisionMoved' };

export interface RolloutStore {
  /** Takes the cluster for this rollout and the next epoch; at most one wins. */
  begin(rollout: NewRollout): Promise<BeginOutcome>;
  setPhase(rolloutId: string, phase: Phase): Promise<void>;
  /** What a host is to do instead of what was ordered, before anything was done there. */
  setHost(rolloutId: string, host: StoredRolloutHost): Promise<void>;
  setHostPhase(at: { rolloutId: string; nodeId: string }, value: StoredHostPhase): Promise<void>;
  /** Ends it and frees the cluster. `done` makes its revision the applied one. */
  finish(rolloutId: string, end: { state: 'done' } | { state: 'stopped'; failure: string }): Promise<void>;
  get(rolloutId: string): Promise<StoredRollout | null>;
  /** Newest first. */
  list(clusterId: string, limit: number): Promise<StoredRollout[]>;
  /** Those a previous process left running. */
  running(): Promise<StoredRollout[]>;
}

const include = { hosts: { orderBy: { order: 'asc' }, include: { phases: true } } } as const;
type RolloutRow = Prisma.RolloutGetPayload<{ include: typeof include }>;

export function rolloutStore(prisma: PrismaClient, now: () => Date): RolloutStore {
  const get = async (id: string) => {
    const row = await prisma.rollout.findUnique({ where: { id }, include });
    return row && storedRollout(row);
  };
  const many = async (where: Prisma.RolloutWhereInput, take?: number) => {
    const rows = await prisma.rollout.findMany({
      where,
      include,
      orderBy: [{ startedAt: 'desc' }, { epoch: 'desc' }],
      ...(take === undefined ? {} : { take }),
    });
    return rows.map(storedRollout);
  };
  return {
    get,
    list: (clusterId, limit) => many({ clusterId }, limit),
    running: () => many({ state: 'running' }),
    begin: async (order) => {
      const refused = await prisma.$transaction((tx) => begin(tx, order, now()));
      if (refused) return refused;
      const rollout = await get(order.id);
      if (!rollout) throw new Error(`Rollout ${order.id} was written and is not there.`);
      return { kind: 'begun', rollout };
    },
    setPhase: async (id, phase) => {
      await prisma.rollout.update({ where: { id }, data: { phase } });
    },
    setHost: async (rolloutId, { nodeId, digest, phases }) => {
      const at = { rolloutId, nodeId };
      await prisma.$transaction([
        prisma.rolloutHost.update({ where: { rolloutId_nodeId: at }, data: { digest } }),
        ...phases.map(({ phase, state, results }) =>
          prisma.rolloutHostPhase.update({
            where: { rolloutId_nodeId_phase: { ...at, phase } },
            data: { state, results: JSON.stringify(results) },
          }),
        ),
      ]);
    },
    setHostPhase: async (at, { phase, state, results }) => {
      await prisma.rolloutHostPhase.update({
        where: { rolloutId_nodeId_phase: { ...at, phase } },
        data: { state, results: JSON.stringify(results) },
      });
    },
    finish: (id, end) => prisma.$transaction((tx) => finish(tx, { id, end, at: now() })),
  };
}

async function begin(
  tx: Prisma.TransactionClient,
  order: NewRollout,
  startedAt: Date,
): Promise<Exclude<BeginOutcome, { kind: 'begun' }> | null> {
  const { id, clusterId, revision, by, switchId, step, epochSeen, hosts } = order;
  const cluster = await tx.cluster.findUniqueOrThrow({ where: { id: clusterId } });
  if (cluster.rolloutId !== null) return { kind: 'busy' };
  if (switchId === null) {
    if (cluster.switchId !== null && (await isLocked(tx, cluster.switchId))) return { kind: 'busy' };
    if (cluster.revision !== revision) return { kind: 'revisionMoved' };
  }
  const epoch = Math.max(cluster.epoch, epochSeen) + 1;
  await tx.cluster.update({ where: { id: clusterId }, data: { rolloutId: id, epoch } });
  await tx.rollout.create({
    data: {
      id,
      clusterId,
      revision,
      epoch,
      by,
      switchId,
      step: step && JSON.stringify(step),
      startedAt,
      state: 'running',
    },
  });
  await tx.rolloutHost.createMany({
    data: hosts.map(({ nodeId, digest }, order) => ({ rolloutId: id, nodeId, digest, order })),
  });
  await tx.rolloutHostPhase.createMany({
    data: hosts.flatMap(({ nodeId, phases }) =>
      phases.map(({ phase, state, results }) => ({
        rolloutId: id,
        nodeId,
        phase,
        state,
        results: JSON.stringify(results),
      })),
    ),
  });
  return null;
}

async function isLocked(tx: Prisma.TransactionClient, switchId: string): Promise<boolean> {
  const { state } = await tx.switch.findUniqueOrThrow({ where: { id: switchId } });
  return locksCluster(state);
}

async function finish(
  tx: Prisma.TransactionClient,
  { id, end, at }: { id: string; end: Parameters<RolloutStore['finish']>[1]; at: Date },
): Promise<void> {
  const rollout = await tx.rollout.update({
    where: { id },
    data: {
      state: end.state,
      finishedAt: at,
      failure: end.state === 'stopped' ? end.failure : null,
    },
  });
  const applied =
    end.state === 'done' && rollout.switchId === null
      ? { appliedRevision: rollout.revision, appliedAt: at, appliedBy: rollout.by }
      : {};
  await tx.cluster.updateMany({
    where: { id: rollout.clusterId, rolloutId: id },
    data: { rolloutId: null, ...applied },
  });
}

const order: Readonly<Record<Phase, number>> = { prepare: 0, switch: 1, retire: 2 };

function storedRollout({ hosts, step, ...row }: RolloutRow): StoredRollout {
  return {
    ...row,
    step: step === null ? null : (JSON.parse(step) as StoredStep),
    hosts: hosts.map(({ nodeId, digest, phases }) => ({
      nodeId,
      digest,
      phases: phases
        .map(({ phase, state, results }) => ({
          phase,
          state,
          results: JSON.parse(results) as StoredResult[],
        }))
        .sort((a, b) => order[a.phase] - order[b.phase]),
    })),
  };
}
