import { expect, test } from 'vitest';
import { fakeKernel } from '../testing/fake-kernel.ts';
import { bareHost, natState } from '../testing/host-states.ts';
import { serveAgent } from '../testing/test-agent.ts';
import { watching } from '../testing/watching.ts';

test('readings come one after the other while somebody watches, and the host is left alone after that', async () => {
  const kernel = fakeKernel({ state: { ...bareHost, services: natState.services } });
  await using served = await serveAgent(kernel);
  const client = await served.client();
  expect(kernel.reads).toBe(0);

  const watch = watching(client);
  await expect.poll(() => watch.events.length).toBeGreaterThan(2);
  watch.stop();
  const [first, second] = watch.events;

  expect(first).toMatchObject({ kind: 'reading', reading: { links: [{ name: 'eth0' }] } });
  expect(second).toMatchObject({ kind: 'changes', reading: { services: [] } });
  const sequences = [first, second].map((event) =>
    event && 'reading' in event ? event.reading.sequence : 0,
  );
  expect(sequences[1]).toBeGreaterThan(sequences[0] ?? 0);
  await expect
    .poll(async () => {
      const before = kernel.reads;
      await new Promise((resolve) => setTimeout(resolve, 100));
      return kernel.reads - before;
    })
    .toBe(0);
});

test('two watchers cost one reading', async () => {
  const kernel = fakeKernel({ state: bareHost });
  await using served = await serveAgent(kernel);
  const client = await served.client();

  const [one, two] = [watching(client), watching(client)];
  await expect.poll(() => Math.min(one.events.length, two.events.length)).toBeGreaterThan(2);
  one.stop();
  two.stop();

  const sequences = (events: typeof one.events) =>
    events.map((event) => ('reading' in event ? event.reading.sequence : -1));
  const shared = sequences(one.events).filter((sequence) => sequences(two.events).includes(sequence));
  expect(shared.length).toBeGreaterThan(1);
});

test('progress is told while a phase runs', async () => {
  const kernel = fakeKernel({ state: bareHost });
  await using served = await serveAgent(kernel);
  const client = await served.client();
  const watch = watching(client);
  await expect.poll(() => watch.events.length).toBeGreaterThan(0);
  const { digest, operations } = await client.preview.mutate(natState);
  await client.accept.mutate({ rollout: 'r1', epoch: 1, step: 0, desired: natState, digest });

  await client.execute.mutate({ rollout: 'r1', phase: 'prepare' });

  await expect
    .poll(() => watch.events.findLast(({ kind }) => kind === 'progress'))
    .toEqual({
      kind: 'progress',
      rollout: 'r1',
      phase: 'prepare',
      done: operations.length,
      of: operations.length,
    });
  watch.stop();
});

test('a host that cannot be read keeps its watchers, says so once, and comes back', async () => {
  const kernel = fakeKernel({ state: bareHost });
  kernel.readable = false;
  await using served = await serveAgent(kernel);
  const client = await served.client();

  const watch = watching(client);
  await expect.poll(() => served.lines.length).toBeGreaterThan(0);
  kernel.readable = true;
  await expect.poll(() => watch.events.length).toBeGreaterThan(0);
  watch.stop();

  expect(served.lines.filter((line) => line.includes('netlink: no answer'))).toHaveLength(1);
});

test('an agent that ends says good-bye to its watchers', async () => {
  await using served = await serveAgent(fakeKernel({ state: bareHost }));
  const client = await served.client();
  const watch = watching(client);
  await expect.poll(() => watch.events.length).toBeGreaterThan(0);

  await served.agent.close();

  await watch.ended;
});
