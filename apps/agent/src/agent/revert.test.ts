// A state that goes back by itself unless somebody confirms it.
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { type FakeKernel, fakeKernel } from '../testing/fake-kernel.ts';
import { bareHost, editedState, natState } from '../testing/host-states.ts';
import { apply, PHASES } from '../testing/ordering.ts';
import { openAgent, scratchFolder } from '../testing/test-agent.ts';
import type { HostAgent } from './create-agent.ts';

const forever = new AbortController().signal;

/** The NAT state in force, and then the edited one for a second. */
async function editedForASecond(agent: HostAgent): Promise<void> {
  await apply(agent);
  const { digest } = await agent.preview(editedState);
  const order = { rollout: 'r2', epoch: 2, step: 0, desired: editedState, digest };
  await agent.accept({ ...order, revert: { afterSeconds: 1, to: natState } });
  for (const phase of PHASES) await agent.execute({ rollout: 'r2', phase });
}

const ports = (kernel: FakeKernel) =>
  kernel.state.services.map(({ key }) => (key.kind === 'address' ? key.port : 0)).toSorted((a, b) => a - b);

const before = [80, 8080];
const after = [80, 443];

test('what nobody confirms goes back to what was there before, and says so', async () => {
  await using folder = await scratchFolder();
  const kernel = fakeKernel({ state: bareHost });
  const { agent, lines } = await openAgent(kernel, folder.path);
  await editedForASecond(agent);
  expect(ports(kernel)).toEqual(after);
  expect((await agent.info()).rollout?.revertAt).toMatch(/^\d{4}-/);

  await expect.poll(() => ports(kernel), { timeout: 5000 }).toEqual(before);
  await expect
    .poll(async () => (await agent.info()).rollout)
    .toMatchObject({ rollout: 'r2', state: 'reverted', revertAt: null });
  expect((await agent.preview(natState)).operations).toEqual([]);
  expect(lines.join('\n')).toContain('Nobody confirmed rollout r2 in time');
  await expect(agent.confirm({ rollout: 'r2' })).rejects.toMatchObject({ kind: 'rolloutUnknown' });
  await agent.close();
});

test('what is confirmed stays', async () => {
  await using folder = await scratchFolder();
  const kernel = fakeKernel({ state: bareHost });
  const { agent } = await openAgent(kernel, folder.path);
  await editedForASecond(agent);

  expect((await agent.confirm({ rollout: 'r2' })).rollout).toMatchObject({ state: 'done', revertAt: null });
  await sleep(1500);

  expect(ports(kernel)).toEqual(after);
  await agent.close();
});

test('a newer rollout ends the wait of the older one', async () => {
  await using folder = await scratchFolder();
  const kernel = fakeKernel({ state: bareHost });
  const { agent } = await openAgent(kernel, folder.path);
  await editedForASecond(agent);
  await apply(agent, { ...editedState, addresses: [] }, 3);
  await sleep(1500);
  expect(ports(kernel)).toEqual(after);
  await expect(agent.confirm({ rollout: 'r2' })).rejects.toMatchObject({ kind: 'rolloutUnknown' });
  await agent.close();
});

test('an agent that was dead at that moment goes back when it starts, before it restores anything', async () => {
  await using folder = await scratchFolder();
  const kernel = fakeKernel({ state: bareHost });
  const first = await openAgent(kernel, folder.path);
  await editedForASecond(first.agent);
  await first.agent.close();
  await sleep(1100);
  expect(ports(kernel)).toEqual(after);

  const { agent } = await openAgent(kernel, folder.path);
  await agent.restore(forever);

  expect(ports(kernel)).toEqual(before);
  expect((await agent.info()).rollout).toMatchObject({ state: 'reverted' });
  await agent.close();
});

test('an agent that starts in time still goes back later', async () => {
  await using folder = await scratchFolder();
  const kernel = fakeKernel({ state: bareHost });
  const first = await openAgent(kernel, folder.path);
  await editedForASecond(first.agent);
  await first.agent.close();

  const { agent } = await openAgent(kernel, folder.path);
  await agent.restore(forever);
  await expect.poll(() => ports(kernel), { timeout: 5000 }).toEqual(before);
  await agent.close();
});
