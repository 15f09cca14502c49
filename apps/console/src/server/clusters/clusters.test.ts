import { expect, test } from 'vitest';
import { TestConsole } from '../testing/test-console.ts';
import { twoArms } from '../testing/two-arms.ts';
import { clusterIds } from './cluster-id.ts';

test('a new cluster is empty, has an id that can stand in a URL, and another of its name gets another id', async () => {
  await using console = await TestConsole.start();
  const api = console.as('operator');
  const first = await api.clusters.create({ name: 'Café am Meer' });
  expect(first).toMatchObject({
    id: 'cafe-am-meer',
    revision: 1,
    applied: null,
    changes: [],
    rolloutId: null,
  });
  expect((await api.clusters.create({ name: 'Café am Meer' })).id).toBe('cafe-am-meer-2');
  expect((await api.clusters.create({ name: '集群' })).id).toBe('cluster');
  expect(await api.clusters.list()).toHaveLength(3);
});

test('ids never grow beyond what a certificate name can hold', () => {
  for (const id of clusterIds('x'.repeat(64))) expect(id).toMatch(/^[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?$/);
});

test('the loser of two saves sees what the other changed, and nothing is lost', async () => {
  await using console = await TestConsole.start();
  const api = console.as('operator');
  const { id: clusterId, revision } = await api.clusters.create({ name: 'Shop' });
  await api.clusters.save({ clusterId, revision, topology: twoArms({}, 1) });

  const winner = await console
    .as('admin')
    .clusters.save({ clusterId, revision: 2, topology: twoArms({}, 6) });
  const loser = await api.clusters.save({ clusterId, revision: 2, topology: twoArms({}, 9) });

  expect(winner.kind).toBe('saved');
  expect(loser).toMatchObject({
    kind: 'conflict',
    by: 'The admin',
    current: { revision: 3 },
    theirs: [{ kind: 'changed', field: 'weight', from: '1', to: '6' }],
  });
});

test('a half-drawn cluster can be saved: its problems are said, and it cannot be applied', async () => {
  await using console = await TestConsole.start();
  const api = console.as('operator');
  const { id: clusterId, revision } = await api.clusters.create({ name: 'Shop' });
  const drawn = twoArms({});
  const topology = { ...drawn, vips: [{ ...drawn.vips[0]!, directorId: 'nobody' }] };
  const saved = await api.clusters.save({ clusterId, revision, topology });
  expect(saved.kind === 'saved' && saved.cluster.problems.length).toBeGreaterThan(0);

  const review = await api.clusters.review({ clusterId });
  expect(review.hosts).toEqual([]);
  await expect(
    api.rollouts.start({ clusterId, revision: review.revision, digests: {} }),
  ).rejects.toMatchObject({ code: 'BAD_REQUEST' });
});

test('an id used twice is refused by name', async () => {
  await using console = await TestConsole.start();
  const api = console.as('operator');
  const { id: clusterId, revision } = await api.clusters.create({ name: 'Shop' });
  const drawn = twoArms({});
  const topology = { ...drawn, nodes: [...drawn.nodes, ...drawn.nodes] };
  await expect(api.clusters.save({ clusterId, revision, topology })).rejects.toMatchObject({
    code: 'BAD_REQUEST',
    message: 'The id client is used twice.',
  });
});

test('there is nothing to go back to before something was applied', async () => {
  await using console = await TestConsole.start();
  const api = console.as('operator');
  const { id: clusterId, revision } = await api.clusters.create({ name: 'Shop' });
  await expect(api.clusters.discard({ clusterId, revision })).rejects.toMatchObject({
    code: 'PRECONDITION_FAILED',
  });
});

test('discarding goes back to what was applied, as a revision of its own', async () => {
  await using console = await TestConsole.start();
  const api = console.as('operator');
  const { id: clusterId, revision } = await api.clusters.create({ name: 'Shop' });
  // Nobody has an agent here, so an apply has nothing to wait for.
  await api.clusters.save({ clusterId, revision, topology: twoArms({}, 1) });
  await api.rollouts.start({ clusterId, revision: 2, digests: {} });
  await expect.poll(async () => (await api.clusters.get({ clusterId })).applied?.revision).toBe(2);
  await api.clusters.save({ clusterId, revision: 2, topology: twoArms({}, 9) });

  const back = await api.clusters.discard({ clusterId, revision: 3 });

  expect(back).toMatchObject({ kind: 'saved', cluster: { revision: 4, changes: [] } });
});

test('what an apply leaves to people is said as the commands they type', async () => {
  await using console = await TestConsole.start();
  const api = console.as('operator');
  const { id: clusterId, revision } = await api.clusters.create({ name: 'Shop' });
  await api.clusters.save({ clusterId, revision, topology: twoArms({}, 1) });
  const review = await api.clusters.review({ clusterId });
  const director = review.hosts.find((host) => host.nodeId === 'director');
  expect(director?.kind === 'noAgent' && director.operations.map((one) => one.command)).toContain(
    'ipvsadm -A -t 192.168.0.111:80 -s wrr',
  );
});

test('every change of an operator is in the record, with who and what', async () => {
  await using console = await TestConsole.start();
  const api = console.as('operator');
  const { id: clusterId, revision } = await api.clusters.create({ name: 'Shop' });
  await api.clusters.save({ clusterId, revision, topology: twoArms({}) });
  const events = await console.inDatabase((database) => database.events.list({ clusterId, limit: 10 }));
  expect(events.map(({ kind, by }) => [kind, by])).toEqual([
    ['topologySaved', 'operator@example.org'],
    ['clusterCreated', 'operator@example.org'],
  ]);
});
