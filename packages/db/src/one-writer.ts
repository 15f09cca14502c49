// One SQLite connection serves the whole process. Prisma's adapter queues transactions behind each other, but lets a lone
// query run in the middle of somebody else's transaction, and be rolled back with it. Here lone queries queue as well.
import type {
  SqlDriverAdapter,
  SqlMigrationAwareDriverAdapterFactory,
  Transaction,
} from '@prisma/driver-adapter-utils';

/** Makes connections on which a query outside a transaction waits until the open transaction has ended. */
export function oneWriter(
  factory: SqlMigrationAwareDriverAdapterFactory,
  pragmas: string,
): SqlMigrationAwareDriverAdapterFactory {
  return {
    provider: factory.provider,
    adapterName: factory.adapterName,
    connect: async () => {
      const adapter = await factory.connect();
      await adapter.executeScript(pragmas);
      return queued(adapter);
    },
    connectToShadowDb: () => factory.connectToShadowDb(),
  };
}

function queued(adapter: SqlDriverAdapter): SqlDriverAdapter {
  const turns = new Turns();
  return {
    provider: adapter.provider,
    adapterName: adapter.adapterName,
    queryRaw: (query) => turns.run(() => adapter.queryRaw(query)),
    executeRaw: (query) => turns.run(() => adapter.executeRaw(query)),
    executeScript: (script) => turns.run(() => adapter.executeScript(script)),
    dispose: () => adapter.dispose(),
    startTransaction: async (isolation) => {
      const release = await turns.take();
      try {
        return releasing(await adapter.startTransaction(isolation), release);
      } catch (error) {
        release();
        throw error;
      }
    },
  };
}

function releasing(transaction: Transaction, release: () => void): Transaction {
  const commit = transaction.commit.bind(transaction);
  const rollback = transaction.rollback.bind(transaction);
  transaction.commit = () => commit().finally(release);
  transaction.rollback = () => rollback().finally(release);
  return transaction;
}

/** First come, first served. */
class Turns {
  #last: Promise<void> = Promise.resolve();

  /** Resolves with the function that ends the turn. */
  async take(): Promise<() => void> {
    const before = this.#last;
    const turn = Promise.withResolvers<void>();
    this.#last = turn.promise;
    await before;
    return turn.resolve;
  }

  async run<T>(work: () => Promise<T>): Promise<T> {
    const release = await this.take();
    try {
      return await work();
    } finally {
      release();
    }
  }
}
