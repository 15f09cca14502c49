import { expect, test } from 'vitest';
import { appliedCluster } from '../testing/applied-cluster.ts';
import { eventually, type TestCluster } from '../testing/test-console.ts';

const load = ({ clusterId }: TestCluster, longLived = 0) => ({
  clusterId,
  nodeId: 'director',
  serviceId: 'web',
  workers: 1,
  requestsPerSecond: 4,
  longLived,
});

/** A page that watches until it has a reading; answers how to leave it. */
async function watching(cluster: TestCluster, longLived = 0, withSwitch = false) {
  const order = { ...load(cluster, longLived), withSwitch };
  const stream = (await cluster.console.as('operator').probes.watch(order))[Symbol.asyncIterator]();
  await stream.next();
  await stream.next();
  return { leave: () => stream.return?.() };
}

const mine = ({ console, clusterId }: TestCluster, role: 'operator' | 'admin' = 'operator') =>
  console.as(role).probes.mine({ clusterId });
const loads = (cluster: TestCluster, count: number) =>
  eventually(
    () => Promise.resolve(cluster.director.host.proofs.loads),
    (found) => found === count,
  );

test('a page that is loaded again learns which probe it left, nobody else does, and Stop ends it on its host', async () => {
  await using cluster = await appliedCluster();
  const page = await watching(cluster, 0, true);
  await page.leave();
  expect(await mine(cluster)).toEqual({ order: load(cluster), withSwitch: true });
  expect(await mine(cluster, 'admin')).toBeNull();
  await loads(cluster, 1);
  const { clusterId } = cluster;
  await cluster.console.as('operator').probes.stop({ clusterId, nodeId: 'director' });
  await loads(cluster, 0);
  expect(await mine(cluster)).toBeNull();
});

test('who left one may begin another at once; while somebody watches it stays', async () => {
  await using cluster = await appliedCluster();
  const page = await watching(cluster, 2);
  await expect(watching(cluster, 0)).rejects.toThrow('runs another probe just now');
  await page.leave();
  const next = await watching(cluster, 0);
  expect((await mine(cluster))?.order.longLived).toBe(0);
  await loads(cluster, 1);
  await next.leave();
});

test('a console that ends leaves no load on a host', async () => {
  await using cluster = await appliedCluster();
  const page = await watching(cluster);
  await page.leave();
  await loads(cluster, 1);
  await cluster.console.restart();
  await loads(cluster, 0);
});
