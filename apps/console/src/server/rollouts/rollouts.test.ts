import { expect, test } from 'vitest';
import type { RolloutView } from '../../api/contract.ts';
import { eventually, type TestCluster, testCluster } from '../testing/test-console.ts';
import { twoArms } from '../testing/two-arms.ts';

const ended = (view: RolloutView) => view.state !== 'running';

async function digests({ console, clusterId }: TestCluster) {
  const review = await console.as('operator').clusters.review({ clusterId });
  return {
    clusterId,
    revision: review.revision,
    digests: Object.fromEntries(
      review.hosts.flatMap((host) => (host.kind === 'ready' ? [[host.nodeId, host.digest]] : [])),
    ),
  };
}

async function apply(cluster: TestCluster): Promise<RolloutView> {
  const api = cluster.console.as('operator');
  const { rolloutId } = await api.rollouts.start(await digests(cluster));
  return eventually(() => api.rollouts.get({ rolloutId }), ended);
}

const saveWeight = async ({ console, clusterId, director, rs1 }: TestCluster, weight: number) => {
  const api = console.as('operator');
  const { revision } = await api.clusters.get({ clusterId });
  const topology = twoArms({ director: director.served.port, rs1: rs1.served.port }, weight);
  return api.clusters.save({ clusterId, revision, topology });
};

const moveToPort = async ({ console, clusterId }: TestCluster, port: number) => {
  const api = console.as('operator');
  const { revision, topology } = await api.clusters.get({ clusterId });
  const services = topology.services.map((service) => ({ ...service, at: { ...service.at, port } }));
  return api.clusters.save({ clusterId, revision, topology: { ...topology, services } });
};

test('an apply does on every host what the review showed, and records it as applied', async () => {
  await using cluster = await testCluster();
  const { console, clusterId, director, rs1 } = cluster;
  const review = await console.as('operator').clusters.review({ clusterId });
  expect(review.hosts.map((host) => [host.nodeId, host.kind])).toEqual([
    ['client', 'noAgent'],
    ['director', 'ready'],
    ['rs1', 'ready'],
    ['rs2', 'noAgent'],
  ]);

  const rollout = await apply(cluster);

  expect(rollout).toMatchObject({ state: 'done', failure: null, by: 'The operator' });
  const [onDirector] = rollout.hosts;
  expect(onDirector?.phases.map(({ state, done, of }) => [state, done === of])).toEqual([
    ['done', true],
    ['done', true],
    ['done', true],
  ]);
  expect(director.host.state.services[0]?.destinations.map((one) => one.weight).sort()).toEqual([1, 1]);
  // Whoever has nothing to do in a phase is not asked to do it.
  expect(director.host.executed).toEqual(['prepare']);
  expect(rs1.host.executed).toEqual([]);
  const view = await console.as('viewer').clusters.get({ clusterId });
  expect(view).toMatchObject({ rolloutId: null, changes: [], applied: { by: 'The operator' } });
});

test('applying again does nothing, and one changed weight is one operation', async () => {
  await using cluster = await testCluster();
  await apply(cluster);
  const again = await apply(cluster);
  expect(again.hosts.flatMap((host) => host.phases.flatMap((phase) => phase.results))).toEqual([]);

  await saveWeight(cluster, 6);
  const changed = await apply(cluster);
  const commands = changed.hosts.flatMap((host) => host.phases.flatMap((phase) => phase.results));
  expect(commands.map((result) => [result.command, result.outcome.kind])).toEqual([
    ['ipvsadm -e -t 192.168.0.111:80 -r 192.168.137.131:80 -m -w 6', 'done'],
  ]);
});

test('a failure on one host stops later phases everywhere, and every operation says what became of it', async () => {
  await using cluster = await testCluster();
  await apply(cluster);
  const { console, clusterId, director } = cluster;
  await saveWeight(cluster, 6);
  director.host.fails = () => ({ errno: 'EPERM', message: 'not permitted' });

  const rollout = await apply(cluster);

  expect(rollout.state).toBe('stopped');
  expect(rollout.failure).toBe(
    'director: ipvsadm -e -t 192.168.0.111:80 -r 192.168.137.131:80 -m -w 6: not permitted (EPERM)',
  );
  const onDirector = rollout.hosts.find((host) => host.nodeId === 'director');
  expect(onDirector?.phases.map((phase) => phase.state)).toEqual(['done', 'failed', 'done']);
  expect(onDirector?.phases[1]?.results[0]?.outcome).toEqual({
    kind: 'failed',
    errno: 'EPERM',
    message: 'not permitted',
  });
  const view = await console.as('viewer').clusters.get({ clusterId });
  expect(view).toMatchObject({ rolloutId: null, changes: [{ field: 'weight', from: '1', to: '6' }] });
});

test('a host that changed since the review is not touched, and neither is any other', async () => {
  await using cluster = await testCluster();
  const { console, director, rs1 } = cluster;
  const order = await digests(cluster);
  const stale = { ...order, digests: { ...order.digests, director: '0'.repeat(64) } };

  await expect(console.as('operator').rollouts.start(stale)).rejects.toMatchObject({
    code: 'CONFLICT',
    message: expect.stringContaining('director is not as it was'),
  });
  expect([...director.host.executed, ...rs1.host.executed]).toEqual([]);
});

test('what is there by itself after the review is left out, and what nobody was shown is not done', async () => {
  await using cluster = await testCluster();
  await apply(cluster);
  const { director } = cluster;
  const served = director.host.state.services;
  const withoutServices = () => {
    director.host.state = { ...director.host.state, services: [] };
  };
  withoutServices();
  let previews = 0;
  director.host.afterPreview = () => {
    previews += 1;
    // The operator's review, the console's own, and then it is there again.
    if (previews === 2) director.host.state = { ...director.host.state, services: served };
  };
  const less = await apply(cluster);
  expect(less).toMatchObject({ state: 'done', failure: null });
  expect(less.hosts.flatMap((host) => host.phases.flatMap((phase) => phase.results))).toEqual([]);

  previews = 0;
  director.host.afterPreview = () => {
    previews += 1;
    if (previews === 2) withoutServices();
  };
  const more = await apply(cluster);
  expect(more).toMatchObject({ state: 'stopped', failure: expect.stringContaining('changed since') });
  expect(director.host.state.services).toEqual([]);
});

test('a draft saved after the review is not applied by it', async () => {
  await using cluster = await testCluster();
  const order = await digests(cluster);
  await saveWeight(cluster, 9);
  await expect(cluster.console.as('operator').rollouts.start(order)).rejects.toMatchObject({
    code: 'CONFLICT',
  });
});

test('one rollout at a time: the second is told to wait', async () => {
  await using cluster = await testCluster();
  const { console, director } = cluster;
  const gate = Promise.withResolvers<void>();
  director.host.beforePhase = () => gate.promise;
  const order = await digests(cluster);
  const api = console.as('operator');
  const { rolloutId } = await api.rollouts.start(order);

  await expect(api.rollouts.start(order)).rejects.toMatchObject({ code: 'PRECONDITION_FAILED' });

  gate.resolve();
  await eventually(() => api.rollouts.get({ rolloutId }), ended);
});

test('a host that does not answer blocks only when something changes there', async () => {
  await using cluster = await testCluster();
  await apply(cluster);
  const { console, clusterId, rs1, director } = cluster;
  await rs1.served.stop();
  await saveWeight(cluster, 6);

  const review = await console.as('operator').clusters.review({ clusterId });
  expect(review.hosts.find((host) => host.nodeId === 'rs1')).toMatchObject({
    kind: 'unreachable',
    blocking: false,
    message: expect.stringContaining('refuses connections'),
  });
  expect((await apply(cluster)).state).toBe('done');

  await director.served.stop();
  await saveWeight(cluster, 7);
  await expect(apply(cluster)).rejects.toMatchObject({ code: 'PRECONDITION_FAILED' });
}, 20_000);

test('a console that is restarted in the middle goes on and finishes', async () => {
  await using cluster = await testCluster();
  const { console, director } = cluster;
  await apply(cluster);
  await moveToPort(cluster, 8080);
  director.host.executed.length = 0;
  const reached = Promise.withResolvers<void>();
  const gate = Promise.withResolvers<void>();
  director.host.beforePhase = async (phase) => {
    if (phase !== 'retire') return;
    reached.resolve();
    await gate.promise;
  };
  const { rolloutId } = await console.as('operator').rollouts.start(await digests(cluster));
  await reached.promise;

  const restarting = console.restart();
  gate.resolve();
  await restarting;

  const rollout = await eventually(() => console.as('viewer').rollouts.get({ rolloutId }), ended);
  expect(rollout).toMatchObject({ state: 'done', failure: null });
  expect(director.host.executed).toEqual(['prepare', 'retire']);
}, 20_000);

test('after a restart, an agent that knows nothing of the rollout stops it; what others did is kept', async () => {
  await using cluster = await testCluster();
  const { console, director, rs1 } = cluster;
  const reached = Promise.withResolvers<void>();
  const gate = Promise.withResolvers<void>();
  director.host.beforePhase = async () => {
    reached.resolve();
    await gate.promise;
  };
  const { rolloutId } = await console.as('operator').rollouts.start(await digests(cluster));
  await reached.promise;
  await console.stop();
  gate.resolve();
  // Another console, or an operator by hand, went over the host meanwhile.
  const desired = { ...rs1.host.state, sysctls: [{ name: 'net.ipv4.conf.all.rp_filter', value: '2' }] };
  const { digest } = await rs1.host.preview(desired);
  await rs1.host.accept({ rollout: 'other', epoch: 99, step: 0, desired, digest });
  await console.start();

  const rollout = await eventually(() => console.as('viewer').rollouts.get({ rolloutId }), ended);
  expect(rollout).toMatchObject({
    state: 'stopped',
    failure: 'rs1: something else was accepted there meanwhile.',
  });
  const [onDirector] = rollout.hosts;
  expect(onDirector?.phases[0]).toMatchObject({ phase: 'prepare', state: 'done' });
  expect(onDirector?.phases[0]?.results.map((result) => result.outcome.kind)).toContain('done');
  const outcomes = rollout.hosts.flatMap((host) => host.phases.flatMap(({ results }) => results));
  expect(outcomes.map((result) => result.outcome.kind)).not.toContain('waiting');
}, 20_000);

test('a console that was restored from an older backup goes on from the epoch that its hosts have', async () => {
  await using cluster = await testCluster();
  cluster.rs1.host.epoch = 41;
  expect(await apply(cluster)).toMatchObject({ state: 'done' });
  expect([cluster.director.host.epoch, cluster.rs1.host.epoch]).toEqual([42, 42]);
});

test('whoever watches a rollout sees it begin, move, and end', async () => {
  await using cluster = await testCluster();
  const { console } = cluster;
  const api = console.as('operator');
  const { rolloutId } = await api.rollouts.start(await digests(cluster));
  const views: RolloutView[] = [];
  for await (const view of await api.rollouts.watch({ rolloutId })) views.push(view);
  expect(views.at(-1)?.state).toBe('done');
  const [listed] = await api.rollouts.list({ clusterId: cluster.clusterId });
  expect(listed?.id).toBe(rolloutId);
});
