// What agents put back by themselves, from the record to who asks.
import { expect, test } from 'vitest';
import { testCluster } from '../testing/test-console.ts';

test('what agents put back is listed newest first, of this cluster only and nothing else of the record', async () => {
  await using cluster = await testCluster();
  const { console, clusterId } = cluster;
  const { id: other } = await console.as('operator').clusters.create({ name: 'another' });
  const said = (nodeId: string, message: string, of = clusterId) =>
    console.inDatabase(({ events }) =>
      events.add({ kind: 'putBack', clusterId: of, nodeId, by: null, message }),
    );
  await said('rs1', 'first');
  await said('rs2', 'elsewhere', other);
  await said('director', 'second');

  const listed = await console.as('viewer').nodes.putBacks({ clusterId });
  expect(listed.map(({ nodeId, message }) => [nodeId, message])).toEqual([
    ['director', 'second'],
    ['rs1', 'first'],
  ]);
  await expect(console.as(null).nodes.putBacks({ clusterId })).rejects.toThrow('Sign in first.');
});
