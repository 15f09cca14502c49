// What became of each operation is told as it is.
import { expect, test } from 'vitest';
import { fakeKernel } from '../testing/fake-kernel.ts';
import { bareHost, editedState, natState, RS2 } from '../testing/host-states.ts';
import { accept, apply, overTheWire } from '../testing/ordering.ts';
import { serveAgent } from '../testing/test-agent.ts';
import { refusal } from '../testing/refusal.ts';

test('a refused operation stops its phase: each result is true, and the next preview shows the rest', async () => {
  const kernel = fakeKernel({ state: bareHost });
  await using served = await serveAgent(kernel);
  const client = await served.client();
  kernel.refuses = (operation) =>
    operation.kind === 'addDestination' && operation.destination.address.text === RS2;
  await accept(overTheWire(client));

  const result = await client.execute.mutate({ rollout: 'r1', phase: 'prepare' });

  expect(result.state).toBe('failed');
  const at = result.results.findIndex(({ outcome }) => outcome.kind === 'failed');
  expect(result.results[at]).toMatchObject({
    command: 'ipvsadm -a -t 192.168.0.111:80 -r 192.168.137.132:80 -m -w 1',
    outcome: { kind: 'failed', errno: 'EPERM' },
  });
  const kinds = result.results.map(({ outcome }) => outcome.kind);
  expect(new Set(kinds.slice(0, at))).toEqual(new Set(['done']));
  expect(new Set(kinds.slice(at + 1))).toEqual(new Set(['notRun']));
  expect(await client.info.query()).toMatchObject({ rollout: { state: 'failed', done: [] } });
  expect(await refusal(client.execute.mutate({ rollout: 'r1', phase: 'switch' }))).toMatchObject({
    refusal: 'phaseOutOfOrder',
  });
  const rest = await client.preview.mutate(natState);
  expect(rest.operations.map(({ command }) => command).toSorted()).toEqual(
    result.results
      .slice(at)
      .map(({ command }) => command)
      .toSorted(),
  );
  kernel.refuses = () => false;
  expect((await apply(overTheWire(client), natState, 2)).map(({ state }) => state)).toEqual([
    'done',
    'done',
    'done',
  ]);
});

test('operations behind a refused one are reported as not run', async () => {
  const kernel = fakeKernel({ state: bareHost });
  await using served = await serveAgent(kernel);
  const client = await served.client();
  kernel.refuses = ({ kind }) => kind === 'setSysctl';
  await accept(overTheWire(client));

  const { results } = await client.execute.mutate({ rollout: 'r1', phase: 'prepare' });

  expect(results.map(({ outcome }) => outcome.kind)).toEqual([
    'failed',
    ...Array(results.length - 1).fill('notRun'),
  ]);
});

test('what the kernel acknowledged and did not keep is a failure that names the field', async () => {
  const kernel = fakeKernel({ state: bareHost });
  await using served = await serveAgent(kernel);
  const client = await served.client();
  kernel.keeps = (operation) =>
    operation.kind === 'addDestination' && operation.destination.weight === 3
      ? { ...operation, destination: { ...operation.destination, weight: 1 } }
      : operation;

  await accept(overTheWire(client));
  const prepare = await client.execute.mutate({ rollout: 'r1', phase: 'prepare' });

  expect(prepare.state).toBe('failed');
  const failed = prepare.results.filter(({ outcome }) => outcome.kind === 'failed');
  expect(failed).toHaveLength(1);
  expect(failed[0]?.outcome).toEqual({
    kind: 'failed',
    errno: 'EREADBACK',
    message: 'weight: the kernel has 1 where 3 was written',
  });
});

test('what the kernel acknowledged and did not do at all is a failure too', async () => {
  const kernel = fakeKernel({ state: bareHost });
  await using served = await serveAgent(kernel);
  const client = await served.client();
  await apply(overTheWire(client));
  kernel.keeps = (operation) => (operation.kind === 'deleteService' ? null : operation);
  await accept(overTheWire(client), editedState, 2);
  await client.execute.mutate({ rollout: 'r2', phase: 'prepare' });
  await client.execute.mutate({ rollout: 'r2', phase: 'switch' });

  const { results } = await client.execute.mutate({ rollout: 'r2', phase: 'retire' });

  expect(results.map(({ outcome }) => outcome.kind)).toEqual(['done', 'failed']);
  expect(results[1]?.outcome).toMatchObject({ errno: 'EREADBACK' });
  kernel.keeps = (operation) => operation;
  expect((await client.preview.mutate(editedState)).operations).toHaveLength(1);
});
