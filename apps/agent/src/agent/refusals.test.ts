// What an agent refuses, and in which words.
import { expect, test } from 'vitest';
import { fakeKernel } from '../testing/fake-kernel.ts';
import { bareHost, destination, editedState, natState, RS2, service } from '../testing/host-states.ts';
import { accept, apply, overTheWire } from '../testing/ordering.ts';
import { serveAgent } from '../testing/test-agent.ts';
import { refusal } from '../testing/refusal.ts';

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

test('a phase of a rollout that was never accepted here is not found', async () => {
  await using served = await serveAgent(fakeKernel({ state: bareHost }));
  const client = await served.client();

  const unknown = client.execute.mutate({ rollout: 'who', phase: 'prepare' });

  expect(await refusal(unknown)).toMatchObject({ code: 'NOT_FOUND', refusal: 'rolloutUnknown' });
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
