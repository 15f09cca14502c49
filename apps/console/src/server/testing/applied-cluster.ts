import { eventually, type TestCluster, testCluster, type TestOptions } from './test-console.ts';

/** The two-arms cluster with its NAT service applied; rs2 has no agent, so nobody can count its connections. */
export async function appliedCluster(options: TestOptions = {}): Promise<TestCluster> {
  const cluster = await testCluster(options);
  const { console, clusterId } = cluster;
  const api = console.as('operator');
  const review = await api.clusters.review({ clusterId });
  const digests = Object.fromEntries(
    review.hosts.flatMap((host) => (host.kind === 'ready' ? [[host.nodeId, host.digest]] : [])),
  );
  const { rolloutId } = await api.rollouts.start({ clusterId, revision: review.revision, digests });
  await eventually(
    () => api.rollouts.get({ rolloutId }),
    ({ state }) => state === 'done',
  );
  return cluster;
}
