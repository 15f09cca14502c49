import { expect, test } from 'vitest';
import { twoArms } from '../../server/testing/two-arms.ts';
import { defaultOrder, probeTargets } from './probe-targets.ts';

const applied = (topology: ReturnType<typeof twoArms>) => ({
  topology,
  applied: { revision: 1, at: '', by: '', topology },
});

test('clients with an agent can load services over TCP that are applied', () => {
  const targets = probeTargets(applied(twoArms({ client: 7420, director: 7420 })));

  expect(targets.nodes.map(({ id }) => id)).toEqual(['client']);
  expect(targets.services).toEqual([{ id: 'web', name: 'tcp 192.168.0.111:80' }]);
  expect(defaultOrder('c', targets)).toMatchObject({ nodeId: 'client', serviceId: 'web' });
});

test('without an agent on a client, without an apply, or for other services there is nothing to load', () => {
  const drawn = twoArms({ client: 7420 });

  expect(defaultOrder('c', probeTargets(applied(twoArms({ director: 7420 }))))).toBeNull();
  expect(defaultOrder('c', probeTargets({ topology: drawn, applied: null }))).toBeNull();
  expect(defaultOrder('c', probeTargets(applied(drawn)), ['dns'])).toBeNull();
});
