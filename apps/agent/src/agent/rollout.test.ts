// What a console can order and what it hears, over real HTTPS and tRPC.
import { expect, test } from 'vitest';
import { fakeKernel } from '../testing/fake-kernel.ts';
import { bareHost, destination, editedState, natState, RS3, service } from '../testing/host-states.ts';
import { accept, apply, overTheWire, PHASES } from '../testing/ordering.ts';
import { serveAgent } from '../testing/test-agent.ts';
import { refusal } from '../testing/refusal.ts';

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
      'ipvsadm -e -t 192.168.0.111:80 -r 192.168.137.132:80 -m -w 0',
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

test('a foreign service beside ours survives apply and removal', async () => {
  const foreign = service(443, [destination(RS3)], '192.168.0.222');
  const kernel = fakeKernel({ state: { ...bareHost, services: [foreign] } });
  await using served = await serveAgent(kernel);
  const client = await served.client();

  await apply(overTheWire(client));
  await apply(overTheWire(client), { ...natState, services: [], addresses: [], sysctls: [] }, 2);

  expect(kernel.state.services).toEqual([foreign]);
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
