// Canaries on a host: over what it has, out of every plan, and gone by themselves.
import { CanariesInput } from '@signalbox/agent-api';
import { FIRST_CANARY_MARK, type HostState } from '@signalbox/cluster';
import { expect, test } from 'vitest';
import { fakeKernel } from '../testing/fake-kernel.ts';
import { bareHost, editedState, ip, natState, RS1 } from '../testing/host-states.ts';
import { apply } from '../testing/ordering.ts';
import { openAgent, scratchFolder } from '../testing/test-agent.ts';

const OWN = '192.168.137.129';
const host = (): Partial<HostState> => ({
  addresses: [{ interface: 'eth1', cidr: { address: ip(OWN), prefix: 24 }, label: null }],
  sysctls: [
    ...bareHost.sysctls,
    { name: 'net.ipv4.conf.eth1.accept_local', value: '0' },
    { name: 'net.ipv4.conf.eth1.rp_filter', value: '1' },
  ],
});

const trial = (seconds = 30): CanariesInput => ({
  canaries: [
    {
      mark: FIRST_CANARY_MARK,
      protocol: 'tcp',
      vip: ip('192.168.0.111'),
      port: 80,
      destination: { address: ip(RS1), port: 80 },
      method: 'gate',
      sources: [ip(OWN)],
      sourcePorts: { first: 28_000, last: 28_007 },
    },
  ],
  seconds,
});

/** A host that serves, with its canaries up. */
async function flying(folder: string, seconds?: number) {
  const kernel = fakeKernel({ state: host() });
  const { agent } = await openAgent(kernel, folder);
  await apply(agent);
  const before = kernel.state;
  const shown = await agent.preview(editedState);
  expect(await agent.proofs.canaries(trial(seconds))).toEqual({ problem: null, stood: false });
  expect(kernel.state.marks).toHaveLength(1);
  expect(kernel.state.services).toHaveLength(natState.services.length + 1);
  expect(kernel.state.sysctls).toContainEqual({ name: 'net.ipv4.conf.eth1.accept_local', value: '1' });
  return { kernel, agent, before, shown };
}

test('canaries end by themselves, and every sysctl is as it was', async () => {
  await using folder = await scratchFolder();
  const { agent, kernel, before } = await flying(folder.path, 1);
  await expect.poll(() => kernel.state, { timeout: 5000 }).toEqual(before);
  // What it remembers is still being written.
  await agent.close();
});

test('a plan that was shown stays the same while they fly, and can be applied', async () => {
  await using folder = await scratchFolder();
  const { kernel, agent, shown } = await flying(folder.path);

  expect((await agent.preview(editedState)).digest).toBe(shown.digest);
  expect((await agent.preview(natState)).operations).toEqual([]);
  expect((await agent.observe()).owned.marks).toEqual([]);
  const results = await apply(agent, editedState, 2);
  expect(results.map(({ state }) => state)).toEqual(['done', 'done', 'done']);
  expect(kernel.state.marks).toHaveLength(1);

  await agent.proofs.canaries({ canaries: [], seconds: 1 });
  expect(kernel.state.marks).toEqual([]);
  expect(kernel.state.services).toHaveLength(editedState.services.length);
  expect(kernel.state.sysctls).toContainEqual({ name: 'net.ipv4.conf.eth1.rp_filter', value: '1' });
});

test('what a killed agent left flying is taken off by the next one', async () => {
  await using folder = await scratchFolder();
  const { kernel, before } = await flying(folder.path);

  const { agent } = await openAgent(kernel, folder.path);
  await agent.restore(new AbortController().signal);

  expect(kernel.state).toEqual(before);
});

test('also where nothing was ever accepted: every sysctl is as it was', async () => {
  await using folder = await scratchFolder();
  const kernel = fakeKernel({ state: host() });
  const before = kernel.state;
  const { agent: killed } = await openAgent(kernel, folder.path);
  await killed.proofs.canaries(trial());
  expect(kernel.state).not.toEqual(before);

  const { agent } = await openAgent(kernel, folder.path);
  await agent.restore(new AbortController().signal);

  expect(kernel.state).toEqual(before);
});

test('an agent that ends gently takes them along', async () => {
  await using folder = await scratchFolder();
  const { kernel, agent, before } = await flying(folder.path);
  await agent.close();
  expect(kernel.state).toEqual(before);
});

test('whether they stood until they were taken off is said: nobody may have flushed a mark, or cleared the table', async () => {
  await using folder = await scratchFolder();
  const { kernel, agent } = await flying(folder.path);
  const off = { canaries: [], seconds: 1 };
  expect(await agent.proofs.canaries(off)).toEqual({ problem: null, stood: true });
  // Nothing flew.
  expect(await agent.proofs.canaries(off)).toEqual({ problem: null, stood: false });

  await agent.proofs.canaries(trial());
  kernel.state = { ...kernel.state, marks: [] };
  expect(await agent.proofs.canaries(off)).toEqual({ problem: null, stood: false });

  await agent.proofs.canaries(trial());
  kernel.state = { ...kernel.state, services: [] };
  expect(await agent.proofs.canaries(off)).toEqual({ problem: null, stood: false });
});

test('another set takes the place of the one before', async () => {
  await using folder = await scratchFolder();
  const { kernel, agent, before } = await flying(folder.path);
  const [canary] = trial().canaries;
  const byNat = { ...canary, mark: FIRST_CANARY_MARK + 1, method: 'masq' } as const;
  expect(await agent.proofs.canaries(CanariesInput.parse({ canaries: [byNat], seconds: 30 }))).toEqual({
    problem: null,
    stood: true,
  });
  expect(kernel.state.marks.map(({ mark }) => mark)).toEqual([FIRST_CANARY_MARK + 1]);
  expect(kernel.state.sysctls).toEqual(before.sysctls);
});

test('a rollout that wants the same sysctl is planned as without them, and keeps it after them', async () => {
  await using folder = await scratchFolder();
  const kernel = fakeKernel({ state: host() });
  const { agent } = await openAgent(kernel, folder.path);
  await apply(agent);
  const accepting = { name: 'net.ipv4.conf.eth1.accept_local', value: '1' };
  const wanted: HostState = { ...natState, sysctls: [...natState.sysctls, accepting] };
  const shown = await agent.preview(wanted);
  expect(shown.operations).toHaveLength(1);

  await agent.proofs.canaries(trial());
  expect((await agent.preview(wanted)).digest).toBe(shown.digest);
  await apply(agent, wanted, 2);
  expect((await agent.preview(wanted)).operations).toEqual([]);
  await agent.proofs.canaries({ canaries: [], seconds: 1 });

  expect(kernel.state.sysctls).toContainEqual(accepting);
  expect(kernel.state.sysctls).toContainEqual({ name: 'net.ipv4.conf.eth1.rp_filter', value: '1' });
  await apply(agent, natState, 3);
  expect(kernel.state.sysctls).toContainEqual({ ...accepting, value: '0' });
});

test('one that cannot be set leaves none of them', async () => {
  await using folder = await scratchFolder();
  const kernel = fakeKernel({ state: host() });
  const { agent } = await openAgent(kernel, folder.path);
  await apply(agent);
  const before = kernel.state;
  kernel.refuses = ({ kind }) => kind === 'addMark';

  expect(await agent.proofs.canaries(trial())).toEqual({ problem: 'refused', stood: false });
  expect(kernel.state).toEqual(before);
});
