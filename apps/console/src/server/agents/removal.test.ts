// A node that is put out: real sockets, seen from its side.
import { expect, test } from 'vitest';
import { serveAgent } from '../testing/fake-agent.ts';
import { eventually, joinNode, type TestCluster, testCluster } from '../testing/test-console.ts';
import { twoArms } from '../testing/two-arms.ts';

const trustedNodes = ({ console }: TestCluster) =>
  console.inDatabase(async ({ trust }) => (await trust.trusted()).map(({ nodeId }) => nodeId).sort());

const connectionsOf = (cluster: TestCluster, right: (count: number) => boolean) =>
  eventually(() => cluster.rs1.served.connections(), right);

const messageOf = async ({ console, clusterId }: TestCluster) => {
  const answer = await console.as('viewer').nodes.get({ clusterId, nodeId: 'rs1' });
  return answer.kind === 'unreachable' ? answer.message : answer.kind;
};

test('a node that is put out loses its connections at once, also one that waits for an answer', async () => {
  await using cluster = await testCluster();
  const { console, clusterId, rs1 } = cluster;
  await connectionsOf(cluster, (count) => count > 0);
  const asked = Promise.withResolvers<void>();
  rs1.host.observe = () => {
    asked.resolve();
    return Promise.withResolvers<never>().promise;
  };
  const waiting = messageOf(cluster);
  await asked.promise;

  await console.as('admin').nodes.revoke({ clusterId, nodeId: 'rs1' });

  expect(await waiting).toMatch(/^127\.0\.0\.1:\d+ /);
  await connectionsOf(cluster, (count) => count === 0);
  expect(await trustedNodes(cluster)).toEqual(['director']);
  expect(await messageOf(cluster)).toBe('notEnrolled');
  // Nobody knocks there any more.
  expect(await rs1.served.connections()).toBe(0);
});

test('the certificate of a node that was put out is refused, also after the node has joined again', async () => {
  await using cluster = await testCluster();
  const { console, clusterId, rs1 } = cluster;
  await console.as('admin').nodes.revoke({ clusterId, nodeId: 'rs1' });
  const again = await joinNode(console, clusterId, 'rs1');
  await again.served.stop();
  expect(await messageOf(cluster)).toContain('no longer trusted here');

  await rs1.served.stop();
  rs1.served = await serveAgent(rs1.host, again.identity, rs1.served.port);
  await eventually(
    () => messageOf(cluster),
    (kind) => kind === 'answers',
  );
});

test('a node that is taken out of the drawing is let go when that is applied', async () => {
  await using cluster = await testCluster();
  const { console, clusterId, director } = cluster;
  const api = console.as('admin');
  const apply = async () => {
    const { revision, hosts } = await api.clusters.review({ clusterId });
    const digests = Object.fromEntries(
      hosts.flatMap((host) => (host.kind === 'ready' ? [[host.nodeId, host.digest]] : [])),
    );
    const { rolloutId } = await api.rollouts.start({ clusterId, revision, digests });
    const { state, failure } = await eventually(
      () => api.rollouts.get({ rolloutId }),
      (rollout) => rollout.finishedAt !== null,
    );
    expect({ state, failure }).toEqual({ state: 'done', failure: null });
  };
  await apply();
  const { revision } = await api.clusters.get({ clusterId });
  const whole = twoArms({ director: director.served.port });
  const topology = {
    ...whole,
    nodes: whole.nodes.filter(({ id }) => id !== 'rs1'),
    services: whole.services.map((service) => ({
      ...service,
      destinations: service.destinations.filter(({ nodeId }) => nodeId !== 'rs1'),
    })),
  };
  expect(await api.clusters.save({ clusterId, revision, topology })).toMatchObject({ kind: 'saved' });
  expect(await trustedNodes(cluster)).toEqual(['director', 'rs1']);

  await apply();

  await eventually(
    () => trustedNodes(cluster),
    (nodes) => nodes.length === 1,
  );
  await connectionsOf(cluster, (count) => count === 0);
});

test('a node that was drawn and never applied is let go of when it is taken out of the drawing', async () => {
  await using cluster = await testCluster();
  const { console, clusterId, director } = cluster;
  await connectionsOf(cluster, (count) => count > 0);
  const { revision } = await console.as('admin').clusters.get({ clusterId });
  const whole = twoArms({ director: director.served.port });
  const topology = { ...whole, nodes: whole.nodes.filter(({ id }) => id !== 'rs1'), services: [] };
  await console.as('admin').clusters.save({ clusterId, revision, topology });
  await connectionsOf(cluster, (count) => count === 0);
});
