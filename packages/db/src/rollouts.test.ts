import { expect, test } from 'vitest';
import type { NewRollout, StoredResult } from './index.ts';
import { emptyTopology, scratchDatabase } from './scratch-database.ts';

const result = (outcome: StoredResult['outcome']): StoredResult => ({
  operation: { kind: 'setSysctl', name: 'net.ipv4.ip_forward', from: '0', to: '1' },
  command: 'sysctl -w net.ipv4.ip_forward=1',
  outcome,
});

const order = (id: string): NewRollout => ({
  id,
  clusterId: 'shop',
  revision: 1,
  by: 'Ada',
  switchId: null,
  step: null,
  epochSeen: 0,
  hosts: [
    {
      nodeId: 'director',
      digest: 'abc',
      phases: [
        { phase: 'prepare', state: 'waiting', results: [result({ kind: 'waiting' })] },
        { phase: 'switch', state: 'waiting', results: [] },
        { phase: 'retire', state: 'waiting', results: [] },
      ],
    },
  ],
});

async function withCluster() {
  const scratch = await scratchDatabase();
  await scratch.database.clusters.create({ clusterId: 'shop', topology: emptyTopology('Shop'), by: 'Ada' });
  return scratch;
}

test('a cluster takes one rollout at a time, and each gets a higher epoch', async () => {
  await using scratch = await withCluster();
  const { rollouts } = scratch.database;
  const both = await Promise.all([rollouts.begin(order('one')), rollouts.begin(order('two'))]);
  expect(both.map((outcome) => outcome.kind).sort()).toEqual(['begun', 'busy']);

  await rollouts.finish('one', { state: 'stopped', failure: 'director: no' });
  expect(await rollouts.begin(order('three'))).toMatchObject({ kind: 'begun', rollout: { epoch: 2 } });
});

test('the epoch is higher than any agent has seen', async () => {
  await using scratch = await withCluster();
  const outcome = await scratch.database.rollouts.begin({ ...order('one'), switchId: null, epochSeen: 41 });
  expect(outcome).toMatchObject({ kind: 'begun', rollout: { epoch: 42 } });
});

test('a rollout of an older revision does not begin', async () => {
  await using scratch = await withCluster();
  const { clusters, rollouts } = scratch.database;
  await clusters.saveTopology({
    clusterId: 'shop',
    revision: 1,
    topology: emptyTopology('New'),
    by: 'Grace',
  });
  expect(await rollouts.begin(order('one'))).toEqual({ kind: 'revisionMoved' });
});

test('what happened to each operation is kept', async () => {
  await using scratch = await withCluster();
  const { rollouts } = scratch.database;
  await rollouts.begin(order('one'));
  await rollouts.setPhase('one', 'prepare');
  await rollouts.setHostPhase(
    { rolloutId: 'one', nodeId: 'director' },
    {
      phase: 'prepare',
      state: 'failed',
      results: [result({ kind: 'failed', errno: 'EPERM', message: 'not permitted' })],
    },
  );
  const stored = await rollouts.get('one');
  expect(stored).toMatchObject({ phase: 'prepare', state: 'running' });
  expect(stored?.hosts[0]?.phases.map(({ phase, state }) => [phase, state])).toEqual([
    ['prepare', 'failed'],
    ['switch', 'waiting'],
    ['retire', 'waiting'],
  ]);
  expect(stored?.hosts[0]?.phases[0]?.results[0]?.outcome).toEqual({
    kind: 'failed',
    errno: 'EPERM',
    message: 'not permitted',
  });
});

test('what a host is to do can become something else, digest and operations at once', async () => {
  await using scratch = await withCluster();
  const { rollouts } = scratch.database;
  await rollouts.begin(order('one'));
  const phases = (['prepare', 'switch', 'retire'] as const).map((phase) => ({
    phase,
    state: 'done' as const,
    results: [],
  }));
  await rollouts.setHost('one', { nodeId: 'director', digest: 'other', phases });
  const [host] = (await rollouts.get('one'))?.hosts ?? [];
  expect(host).toEqual({ nodeId: 'director', digest: 'other', phases });
});

test('only a rollout that is done makes its revision the applied one', async () => {
  await using scratch = await withCluster();
  const { clusters, rollouts } = scratch.database;
  await rollouts.begin(order('one'));
  expect((await rollouts.running()).map((rollout) => rollout.id)).toEqual(['one']);
  await rollouts.finish('one', { state: 'stopped', failure: 'director: no' });
  expect(await clusters.get('shop')).toMatchObject({ applied: null, rolloutId: null });

  await rollouts.begin(order('two'));
  await rollouts.finish('two', { state: 'done' });
  expect(await clusters.get('shop')).toMatchObject({ applied: { revision: 1, by: 'Ada' }, rolloutId: null });
  expect((await rollouts.list('shop', 50)).map((rollout) => rollout.id)).toEqual(['two', 'one']);
});
