// The audit trail: who did what, and what was refused.
import type { PrismaClient } from './generated/client.ts';

export interface NewEvent {
  /** A stable name, e.g. `topologySaved`, `enrolmentRefused`. */
  readonly kind: string;
  readonly clusterId?: string;
  readonly nodeId?: string;
  /** Null: not a person, or one we do not know. */
  readonly by: string | null;
  readonly message: string;
}

export interface StoredEvent {
  readonly id: number;
  readonly at: Date;
  readonly kind: string;
  readonly clusterId: string | null;
  readonly nodeId: string | null;
  readonly by: string | null;
  readonly message: string;
}

export interface EventStore {
  add(event: NewEvent): Promise<void>;
  /** Newest first; of one cluster, of one kind, or all. */
  list(filter: { clusterId?: string; kind?: string; limit: number }): Promise<StoredEvent[]>;
}

export function eventStore(prisma: PrismaClient, now: () => Date): EventStore {
  return {
    add: async (event) => {
      await prisma.event.create({ data: { at: now(), ...event } });
    },
    list: ({ clusterId, kind, limit }) =>
      prisma.event.findMany({
        where: { ...(clusterId === undefined ? {} : { clusterId }), ...(kind === undefined ? {} : { kind }) },
        orderBy: { id: 'desc' },
        take: limit,
      }),
  };
}
