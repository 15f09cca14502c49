import { expect, test } from 'vitest';
import { emptyTopology, scratchDatabase } from './scratch-database.ts';

test('of two saves from the same revision one wins, and the other learns who won and what it started from', async () => {
  await using scratch = await scratchDatabase();
  const { clusters } = scratch.database;
  await clusters.create({ clusterId: 'shop', topology: emptyTopology('Shop'), by: 'Ada' });

  const outcomes = await Promise.all(
    ['Ada', 'Grace'].map((by) =>
      clusters.saveTopology({ clusterId: 'shop', revision: 1, topology: emptyTopology(`of ${by}`), by }),
    ),
  );

  const saved = outcomes.find((outcome) => outcome.kind === 'saved');
  const conflict = outcomes.find((outcome) => outcome.kind === 'conflict');
  expect(saved?.current).toMatchObject({ revision: 2, topology: { name: 'of Ada' } });
  expect(conflict).toMatchObject({
    by: 'Ada',
    base: { name: 'Shop' },
    current: { topology: { name: 'of Ada' } },
  });
});

test('a save for a cluster that does not exist says so', async () => {
  await using scratch = await scratchDatabase();
  const draft = { clusterId: 'gone', revision: 1, topology: emptyTopology('x'), by: 'Ada' };
  expect(await scratch.database.clusters.saveTopology(draft)).toEqual({ kind: 'noSuchCluster' });
});

test('a cluster id is taken once', async () => {
  await using scratch = await scratchDatabase();
  const { clusters } = scratch.database;
  const make = () => clusters.create({ clusterId: 'shop', topology: emptyTopology('Shop'), by: 'Ada' });
  expect((await Promise.all([make(), make()])).filter(Boolean)).toHaveLength(1);
});

test('a save that fails half-way leaves the draft and its revision as they were', async () => {
  await using scratch = await scratchDatabase();
  const { clusters } = scratch.database;
  await clusters.create({ clusterId: 'shop', topology: emptyTopology('Shop'), by: 'Ada' });
  const network = { id: 'lan', name: 'lan', cidrs: [] };
  const twice = { ...emptyTopology('Broken'), networks: [network, network] };

  await expect(
    clusters.saveTopology({ clusterId: 'shop', revision: 1, topology: twice, by: 'Ada' }),
  ).rejects.toThrow();

  expect(await clusters.get('shop')).toMatchObject({ revision: 1, topology: { name: 'Shop' } });
});

test('what is written beside a transaction that is rolled back is kept', async () => {
  await using scratch = await scratchDatabase();
  const { clusters, events } = scratch.database;
  await clusters.create({ clusterId: 'shop', topology: emptyTopology('Shop'), by: 'Ada' });
  const network = { id: 'lan', name: 'lan', cidrs: [] };
  const twice = { ...emptyTopology('Broken'), networks: [network, network] };

  const failing = clusters.saveTopology({ clusterId: 'shop', revision: 1, topology: twice, by: 'Ada' });
  const beside = Array.from({ length: 20 }, (_, i) =>
    events.add({ kind: 'test', by: null, message: `${i}` }),
  );
  await Promise.allSettled([failing, ...beside]);

  expect(await events.list({ limit: 50 })).toHaveLength(20);
});
