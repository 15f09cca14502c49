import { DAY_MS } from '../ca/certificates.ts';
import { type TestCluster, testCluster } from './test-console.ts';

export interface AgedCluster extends AsyncDisposable {
  readonly cluster: TestCluster;
  /** Sets the console's clock to this far ahead of the real one, and makes it connect to rs1 again. */
  pass(aheadMs: number): Promise<void>;
}

/** A cluster that joined 70 days ago by the console's clock: after `pass(0)`, 20 days are left of its certificates. */
export async function agedCluster(): Promise<AgedCluster> {
  let aheadMs = -70 * DAY_MS;
  const cluster = await testCluster({ now: () => new Date(Date.now() + aheadMs) });
  return {
    cluster,
    pass: async (ms) => {
      await streamFlows(cluster);
      aheadMs = ms;
      cluster.rs1.served.cut();
    },
    [Symbol.asyncDispose]: () => cluster[Symbol.asyncDispose](),
  };
}

export async function reconnect(cluster: TestCluster): Promise<void> {
  await streamFlows(cluster);
  cluster.rs1.served.cut();
}

/** Cut before that, the console would not notice, and come back seconds later. */
async function streamFlows({ console, clusterId }: TestCluster): Promise<void> {
  let last: string | null | undefined;
  for await (const event of console.started.console.live.watch(clusterId, AbortSignal.timeout(10_000))) {
    if (event.kind !== 'host' || event.host.nodeId !== 'rs1') continue;
    if (last !== undefined && event.host.receivedAt !== last) return;
    last = event.host.receivedAt;
  }
}
