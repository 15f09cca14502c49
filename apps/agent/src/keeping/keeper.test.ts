// What disappears while it is kept comes back; what was changed on purpose, and what nobody keeps, stays as it is.
import { emptyHostState, type HostState, objectKeys } from '@signalbox/cluster';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test, vi } from 'vitest';
import type { HostAgent } from '../agent/create-agent.ts';
import { type FakeKernel, fakeKernel } from '../testing/fake-kernel.ts';
import { bareHost, destination, ip, natState, service } from '../testing/host-states.ts';
import { PHASES } from '../testing/ordering.ts';
import { openAgent, scratchFolder } from '../testing/test-agent.ts';

/** Not what is measured: other programs may have the processor. */
const patient = { timeout: 20_000 };
vi.setConfig({ testTimeout: 30_000 });

const vip = { interface: 'eth0', cidr: { address: ip('192.168.0.111'), prefix: 32 }, label: null };
const keptState: HostState = {
  ...natState,
  routes: [
    {
      type: 'unicast',
      table: 254,
      destination: { address: ip('192.168.137.131'), prefix: 32 },
      via: ip('192.168.137.131'),
      interface: 'eth1',
      onlink: true,
      metric: 0,
      protocol: 83,
    },
  ],
};

async function applyKept(agent: HostAgent, { keep = true, epoch = 1, desired = keptState } = {}) {
  const { digest } = await agent.preview(desired);
  const rollout = `r${epoch}`;
  await agent.accept({ rollout, epoch, step: 0, desired, digest, keep });
  for (const phase of PHASES) await agent.execute({ rollout, phase });
}

interface Keeping {
  readonly sampleIntervalMs?: number;
  readonly desired?: HostState;
}

async function keptHost({ sampleIntervalMs, ...more }: Keeping = {}) {
  const folder = await scratchFolder();
  const kernel = fakeKernel({ state: bareHost });
  const { agent, lines } = await openAgent(kernel, folder.path, sampleIntervalMs);
  await applyKept(agent, more);
  return {
    folder: folder.path,
    kernel,
    agent,
    lines,
    async [Symbol.asyncDispose]() {
      await agent.close();
      await folder[Symbol.asyncDispose]();
    },
  };
}

const becomes = (kernel: FakeKernel, state: HostState) =>
  expect.poll(() => objectKeys(kernel.state), patient).toEqual(objectKeys(state));

test('addresses, routes, services, destinations and sysctls come back, and each has a line', async () => {
  await using host = await keptHost();
  const { kernel, lines } = host;
  const [first, second] = kernel.state.services;
  if (!first || !second) throw new Error('two services were applied');
  kernel.state = {
    ...kernel.state,
    addresses: [],
    routes: [],
    services: [{ ...first, destinations: first.destinations.slice(1) }],
    sysctls: bareHost.sysctls,
  };

  await becomes(kernel, keptState);

  await expect
    .poll(() => kernel.state.sysctls, patient)
    .toContainEqual({ name: 'net.ipv4.ip_forward', value: '1' });
  for (const line of [
    '192.168.0.111/32 on eth0 was removed by somebody else; put back.',
    'the route to 192.168.137.131/32 via 192.168.137.131 on eth1 was removed by somebody else; put back.',
    'the service tcp 192.168.0.111:8080 was removed by somebody else; put back.',
    'the destination tcp 192.168.0.111:80 -> 192.168.137.131:80 was removed by somebody else; put back.',
    'net.ipv4.ip_forward was set to 0 by somebody else; set to 1 again.',
  ])
    expect(lines).toContain(line);
  expect((await host.agent.observe()).owned.addresses).toEqual([vip]);
});

test('whoever watches is told', async () => {
  await using host = await keptHost();
  const stop = new AbortController();
  const told: string[] = [];
  const watching = (async () => {
    for await (const event of host.agent.watch(stop.signal))
      if (event.kind === 'putBack') told.push(...event.sentences);
  })();
  host.kernel.state = { ...host.kernel.state, addresses: [] };
  await expect
    .poll(() => told, patient)
    .toEqual(['192.168.0.111/32 on eth0 was removed by somebody else; put back.']);
  stop.abort();
  await watching;
});

test('an agent that starts goes on keeping', async () => {
  await using host = await keptHost();
  await host.agent.close();
  const { agent } = await openAgent(host.kernel, host.folder);
  await agent.restore(new AbortController().signal);
  host.kernel.state = { ...host.kernel.state, routes: [] };
  await becomes(host.kernel, keptState);
  await agent.close();
});

test('what is removed right after it was made comes back when it is heard of, not at the next look', async () => {
  const longerThanThisTest = 600_000;
  await using host = await keptHost({ sampleIntervalMs: longerThanThisTest });
  const { kernel } = host;
  kernel.state = { ...kernel.state, addresses: [] };
  kernel.tell(true);
  await becomes(kernel, keptState);
});

test('a weight that somebody changed stays as it is', async () => {
  await using host = await keptHost();
  const { kernel } = host;
  const services = kernel.state.services.map((service) => ({
    ...service,
    destinations: service.destinations.map((destination) => ({ ...destination, weight: 9 })),
  }));
  kernel.state = { ...kernel.state, services, addresses: [] };
  await becomes(kernel, keptState);
  expect(kernel.state.services).toEqual(services);
});

test('nothing is looked at, and nothing put back, when nothing is kept', async () => {
  await using host = await keptHost();
  await applyKept(host.agent, { keep: false, epoch: 2 });
  const runs = host.kernel.runs.length;
  host.kernel.state = { ...host.kernel.state, addresses: [] };
  host.kernel.tell();
  await sleep(200);
  expect(host.kernel.state.addresses).toEqual([]);
  expect(host.kernel.runs).toHaveLength(runs);
});

test('a host that is to have nothing is not looked at', async () => {
  await using host = await keptHost({ desired: emptyHostState });
  let looks = 0;
  const { kernel } = host;
  const glance = kernel.glance.bind(kernel);
  kernel.glance = (names) => {
    looks += 1;
    return glance(names);
  };
  kernel.tell();
  await sleep(200);
  expect(looks).toBe(0);
});

test('what is removed again and again is left, by name, until something else is accepted', async () => {
  await using host = await keptHost();
  const { kernel, lines } = host;
  const left = () => lines.filter((line) => line.includes('again and again'));
  const remover = setInterval(() => {
    kernel.state = { ...kernel.state, addresses: [] };
  }, 5);
  await expect.poll(left, patient).toHaveLength(1);
  clearInterval(remover);
  expect(left()[0]).toMatch(/^192\.168\.0\.111\/32 on eth0 /);
  await sleep(200);
  expect(kernel.state.addresses).toEqual([]);
  expect(lines.filter((line) => line.includes('put back')).length).toBeLessThanOrEqual(5);

  await applyKept(host.agent, { epoch: 2 });
  kernel.state = { ...kernel.state, addresses: [] };
  await becomes(kernel, keptState);
});

test('what cannot come back is said once, keeps nothing else away, and comes when it can', async () => {
  await using host = await keptHost();
  const { kernel, lines } = host;
  kernel.refuses = ({ kind }) => kind === 'addRoute';
  kernel.state = { ...kernel.state, routes: [], addresses: [] };
  await becomes(kernel, { ...keptState, routes: [] });
  await sleep(200);
  expect(lines.filter((line) => line.includes('cannot be put back yet'))).toHaveLength(1);

  kernel.refuses = () => false;
  kernel.tell();
  await becomes(kernel, keptState);
});

test('an order does not wait for a look that is under way', async () => {
  await using host = await keptHost();
  const { kernel } = host;
  const looking = Promise.withResolvers<void>();
  const seen = Promise.withResolvers<void>();
  const observe = kernel.observe.bind(kernel);
  kernel.observe = async (names) => {
    kernel.observe = observe;
    looking.resolve();
    await seen.promise;
    return observe(names);
  };
  kernel.tell();
  await looking.promise;
  await applyKept(host.agent, { epoch: 2 });
  seen.resolve();
});

test('a large table that was cleared comes back without a line for each', async () => {
  const many = Array.from({ length: 90 }, (_, at) => destination(`192.168.137.${at + 100}`));
  const desired = { ...natState, services: [service(80, many)] };
  await using host = await keptHost({ desired });
  const before = host.lines.length;
  host.kernel.state = { ...host.kernel.state, services: [] };
  await becomes(host.kernel, desired);
  await expect.poll(() => host.lines.at(-1), patient).toBe('The same of 41 more, which are not written out.');
  expect(host.lines.length - before).toBe(51);
});
