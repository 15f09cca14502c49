// What a console can order and what it hears, over real HTTPS and tRPC.
import { TRPCClientError } from '@trpc/client';
import { expect, test } from 'vitest';
import { fakeKernel } from '../testing/fake-kernel.ts';
import { bareHost, destination, editedState, natState, RS2, RS3, service } from '../testing/host-states.ts';
import { accept, apply, overTheWire, PHASES } from '../testing/ordering.ts';
import { serveAgent } from '../testing/test-agent.ts';

async function refusal(promise: Promise<unknown>) {
  const error = await promise.then(
    () => null,
    (error: unknown) => error,
  );
  if (!(error instanceof TRPCClientError)) throw new Error('it was not refused', { cause: error });
  return { message: error.message, ...error.data };
}

test('a preview shows the commands an operator would have typed, and changes nothing', async () => {
  const kernel = fakeKernel({ state: bareHost });
  await using served = await serveAgent(kernel);
  const client = await served.client();

  const preview = await client.preview.mutate(natState);

  expect(preview.problems).toEqual([]);
  expect(preview.operations.map(({ command }) => command)).toContain('sysctl -w net.ipv4.ip_forward=1');
  expect(preview.operations.map(({ command }) => command)).toContain(
    'ipvsadm -a -t 192.168.0.111:80 -r 192.168.137.131:80 -m -w 3',
  );
  expect(preview.digest).toMatch(/^[0-9a-f]{64}$/);
  expect(kernel.runs).toEqual([]);
});

test('what was shown is accepted, done phase by phase, and seen when the host is observed', async () => {
  const kernel = fakeKernel({ state: bareHost });
  await using served = await serveAgent(kernel);
  const client = await served.client();

  const { info } = await accept(overTheWire(client));
  expect(info).toMatchObject({ epoch: 1, rollout: { rollout: 'r1', done: [], state: 'accepted' } });
  const results = await apply(overTheWire(client));

  expect(results.map(({ state }) => state)).toEqual(['done', 'done', 'done']);
  expect(await client.observe.query()).toMatchObject({ owned: { services: natState.services } });
  expect(await client.info.query()).toMatchObject({
    nodeId: 'node1',
    bootId: 'boot-1',
    rollout: { done: PHASES, state: 'done' },
  });
  expect((await client.preview.mutate(natState)).operations).toEqual([]);
});

test('an edit goes through every phase and leaves exactly what is desired', async () => {
  const kernel = fakeKernel({ state: bareHost });
  await using served = await serveAgent(kernel);
  const client = await served.client();
  await apply(overTheWire(client));

  const results = await apply(overTheWire(client), editedState, 2);

  const commands = results.map((result) => result.results.map(({ command }) => command));
  expect(commands).toEqual([
    [
      'ipvsadm -A -t 192.168.0.111:443 -s wrr',
      'ipvsadm -a -t 192.168.0.111:443 -r 192.168.137.131:80 -m -w 1',
    ],
    [
      'ipvsadm -a -t 192.168.0.111:80 -r 192.168.137.133:80 -m -w 2',
      'ipvsadm -e -t 192.168.0.111:80 -r 192.168.137.131:80 -m -w 6',
      'ipvsadm -d -t 192.168.0.111:80 -r 192.168.137.132:80',
    ],
    ['ipvsadm -d -t 192.168.0.111:8080 -r 192.168.137.133:80', 'ipvsadm -D -t 192.168.0.111:8080'],
  ]);
  expect((await client.observe.query()).owned.services).toEqual(editedState.services);
});

test('taking everything out gives the host back as it was, sysctls with their old values', async () => {
  const kernel = fakeKernel({ state: bareHost });
  await using served = await serveAgent(kernel);
  const client = await served.client();
  await apply(overTheWire(client));

  const nothing = { ...natState, services: [], addresses: [], sysctls: [] };
  const results = await apply(overTheWire(client), nothing, 2);

  expect(results.map(({ state }) => state)).toEqual(['done', 'done', 'done']);
  expect(kernel.state).toMatchObject({ services: [], addresses: [], sysctls: bareHost.sysctls });
});

test('a host that changed after the preview refuses the plan, and a new preview is accepted', async () => {
  const kernel = fakeKernel({ state: bareHost });
  await using served = await serveAgent(kernel);
  const client = await served.client();
  const { digest } = await client.preview.mutate(natState);
  kernel.state = { ...kernel.state, sysctls: [{ name: 'net.ipv4.ip_forward', value: '1' }] };

  const stale = client.accept.mutate({ rollout: 'r1', epoch: 1, step: 0, desired: natState, digest });

  expect(await refusal(stale)).toMatchObject({ code: 'CONFLICT', refusal: 'digestDiffers' });
  await accept(overTheWire(client));
});

test('a console with an older epoch is refused', async () => {
  await using served = await serveAgent(fakeKernel({ state: bareHost }));
  const client = await served.client();
  await accept(overTheWire(client), natState, 5);

  const late = accept(overTheWire(client), editedState, 4);

  expect(await refusal(late)).toMatchObject({ code: 'CONFLICT', refusal: 'epochTooLow' });
});

test('another rollout of the same epoch waits for the first to end; a newer epoch takes over', async () => {
  await using served = await serveAgent(fakeKernel({ state: bareHost }));
  const client = await served.client();
  await apply(overTheWire(client));
  await accept(overTheWire(client), editedState, 2);
  await client.execute.mutate({ rollout: 'r2', phase: 'prepare' });

  expect(
    await refusal(
      client.accept.mutate({
        rollout: 'other',
        epoch: 2,
        step: 0,
        desired: natState,
        digest: 'a'.repeat(64),
      }),
    ),
  ).toMatchObject({ refusal: 'busy' });
  await accept(overTheWire(client), natState, 3);
});

test('a foreign service in the way is named, refuses the rollout, and is not touched', async () => {
  const foreign = service(80, [destination(RS2, 9)]);
  const kernel = fakeKernel({ state: { ...bareHost, services: [foreign] } });
  await using served = await serveAgent(kernel);
  const client = await served.client();

  const { problems } = await client.preview.mutate(natState);

  expect(problems.map(({ code }) => code)).toContain('foreignObjectInTheWay');
  const refused = await refusal(accept(overTheWire(client)));
  expect(refused).toMatchObject({ code: 'PRECONDITION_FAILED', refusal: 'problems' });
  expect(refused.problems).toEqual(problems);
  expect(kernel.state.services).toEqual([foreign]);
  expect((await client.observe.query()).unmanaged.services).toEqual([foreign]);
});

test('a foreign service beside ours survives apply and removal', async () => {
  const foreign = service(443, [destination(RS3)], '192.168.0.222');
  const kernel = fakeKernel({ state: { ...bareHost, services: [foreign] } });
  await using served = await serveAgent(kernel);
  const client = await served.client();

  await apply(overTheWire(client));
  await apply(overTheWire(client), { ...natState, services: [], addresses: [], sysctls: [] }, 2);

  expect(kernel.state.services).toEqual([foreign]);
});

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

test('asking again for a finished phase answers its stored result and runs nothing', async () => {
  const kernel = fakeKernel({ state: bareHost });
  await using served = await serveAgent(kernel);
  const client = await served.client();
  const [first] = await apply(overTheWire(client));
  const runs = kernel.runs.length;

  const again = await client.execute.mutate({ rollout: 'r1', phase: 'prepare' });

  expect(again).toEqual(first);
  expect(kernel.runs).toHaveLength(runs);
});

test('accepting the same plan twice is harmless', async () => {
  await using served = await serveAgent(fakeKernel({ state: bareHost }));
  const client = await served.client();
  const { digest } = await client.preview.mutate(natState);
  const input = { rollout: 'r1', epoch: 1, step: 0, desired: natState, digest };

  const first = await client.accept.mutate(input);
  await client.execute.mutate({ rollout: 'r1', phase: 'prepare' });
  const second = await client.accept.mutate(input);

  expect(first.rollout?.state).toBe('accepted');
  expect(second.rollout?.done).toEqual(['prepare']);
});

test('a phase of a rollout that was never accepted here is not found', async () => {
  await using served = await serveAgent(fakeKernel({ state: bareHost }));
  const client = await served.client();

  const unknown = client.execute.mutate({ rollout: 'who', phase: 'prepare' });

  expect(await refusal(unknown)).toMatchObject({ code: 'NOT_FOUND', refusal: 'rolloutUnknown' });
});

test('while a phase runs, a second console that asks for it shares the run, and another rollout is refused', async () => {
  const kernel = fakeKernel({ state: bareHost });
  await using served = await serveAgent(kernel);
  const client = await served.client();
  const { digest } = await client.preview.mutate(editedState);
  await accept(overTheWire(client));
  const gate = Promise.withResolvers<void>();
  kernel.gate = gate.promise;

  const first = client.execute.mutate({ rollout: 'r1', phase: 'prepare' });
  await expect.poll(async () => (await client.info.query()).rollout?.state).toBe('running');
  const second = client.execute.mutate({ rollout: 'r1', phase: 'prepare' });
  const other = client.accept.mutate({ rollout: 'r2', epoch: 2, step: 0, desired: editedState, digest });
  expect(await refusal(other)).toMatchObject({ code: 'TOO_MANY_REQUESTS', refusal: 'busy' });
  gate.resolve();

  expect(await first).toEqual(await second);
  expect(kernel.runs).toHaveLength(1);
});

test('a host without IPVS says so, and still takes what needs none', async () => {
  const kernel = fakeKernel({ state: bareHost });
  kernel.ipvs = false;
  await using served = await serveAgent(kernel);
  const client = await served.client();

  expect((await client.support.query()).ipvs.kind).toBe('missing');
  const { problems } = await client.preview.mutate(natState);
  expect(problems[0]).toMatchObject({ code: 'ipvsMissing', severity: 'error' });
  expect(problems[0]?.message).toContain('modprobe ip_vs');
  const router = { ...natState, services: [] };
  expect((await apply(overTheWire(client), router)).map(({ state }) => state)).toEqual([
    'done',
    'done',
    'done',
  ]);
});
