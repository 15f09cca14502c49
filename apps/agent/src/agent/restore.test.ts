import { writeFile } from 'node:fs/promises';
import { emptyHostState } from '@signalbox/cluster';
import { expect, test } from 'vitest';
import { fakeKernel } from '../testing/fake-kernel.ts';
import { bareHost, destination, editedState, natState, RS2, service } from '../testing/host-states.ts';
import { accept, apply } from '../testing/ordering.ts';
import { openAgent, scratchFolder } from '../testing/test-agent.ts';

const forever = new AbortController().signal;

/** The host after a reboot: another boot id, and nothing in the kernel but what its own boot made. */
const rebooted = (state = {}) => fakeKernel({ state: { ...bareHost, ...state }, bootId: 'boot-2' });

test('an agent that never accepted anything says so and touches nothing', async () => {
  await using folder = await scratchFolder();
  const kernel = fakeKernel({ state: bareHost });
  const { agent, lines } = await openAgent(kernel, folder.path);

  await agent.restore(forever);

  expect(lines).toEqual(['Nothing has been accepted on this host yet.']);
  expect(kernel.runs).toEqual([]);
});

test('after a reboot everything is there again without the console', async () => {
  await using folder = await scratchFolder();
  await apply((await openAgent(fakeKernel({ state: bareHost }), folder.path)).agent);

  const kernel = rebooted();
  const { agent, lines } = await openAgent(kernel, folder.path);
  await agent.restore(forever);

  expect(kernel.state.services).toEqual(natState.services);
  expect(kernel.state.addresses).toEqual(natState.addresses);
  expect(lines.join('\n')).toContain('ipvsadm -A -t 192.168.0.111:80 -s wrr: done');
  expect((await agent.info()).rollout).toMatchObject({ rollout: 'r1', state: 'done' });
  expect((await agent.preview(natState)).operations).toEqual([]);
});

test('a sysctl that the new boot set otherwise is given back with that value', async () => {
  await using folder = await scratchFolder();
  await apply((await openAgent(fakeKernel({ state: bareHost }), folder.path)).agent);
  const sysctls = [
    { name: 'net.ipv4.ip_forward', value: '1' },
    { name: 'net.ipv4.conf.all.accept_redirects', value: '0' },
  ];

  const kernel = rebooted({ sysctls });
  const { agent } = await openAgent(kernel, folder.path);
  await agent.restore(forever);
  await apply(agent, emptyHostState, 2);

  expect(kernel.state.sysctls).toEqual(sysctls);
});

test('what was lost while the agent was away is put back when it starts', async () => {
  await using folder = await scratchFolder();
  const kernel = fakeKernel({ state: bareHost });
  await apply((await openAgent(kernel, folder.path)).agent);
  kernel.state = { ...kernel.state, addresses: [] };

  const { agent } = await openAgent(kernel, folder.path);
  await agent.restore(forever);

  expect(kernel.state.addresses).toEqual(natState.addresses);
});

test('a plan that was accepted and not begun does not survive a reboot: what was in force before comes back', async () => {
  await using folder = await scratchFolder();
  const first = await openAgent(fakeKernel({ state: bareHost }), folder.path);
  await apply(first.agent);
  await accept(first.agent, editedState, 2);

  const kernel = rebooted();
  const { agent } = await openAgent(kernel, folder.path);
  await agent.restore(forever);

  expect(kernel.state.services).toEqual(natState.services);
  expect(await agent.info()).toMatchObject({ epoch: 2, rollout: null });
  await expect(agent.execute({ rollout: 'r2', phase: 'prepare' })).rejects.toMatchObject({
    kind: 'rolloutUnknown',
  });
  await apply(agent, editedState, 3);
  expect((await agent.preview(editedState)).operations).toEqual([]);
});

test('a rollout that was under way at a reboot is brought to its end', async () => {
  await using folder = await scratchFolder();
  const first = await openAgent(fakeKernel({ state: bareHost }), folder.path);
  await apply(first.agent);
  await accept(first.agent, editedState, 2);
  await first.agent.execute({ rollout: 'r2', phase: 'prepare' });

  const { agent } = await openAgent(rebooted(), folder.path);
  await agent.restore(forever);

  expect((await agent.info()).rollout).toMatchObject({ rollout: 'r2', state: 'done' });
  expect((await agent.preview(editedState)).operations).toEqual([]);
});

test('a foreign service that took our place at boot is left alone, named, and the rest is restored', async () => {
  await using folder = await scratchFolder();
  await apply((await openAgent(fakeKernel({ state: bareHost }), folder.path)).agent);
  const foreign = service(80, [destination(RS2, 9)]);

  const kernel = rebooted({ services: [foreign] });
  const { agent, lines } = await openAgent(kernel, folder.path);
  const ending = new AbortController();
  const restoring = agent.restore(ending.signal);
  await expect.poll(() => lines.join('\n')).toContain('trying again in 2 s');
  ending.abort();
  await restoring;

  expect(kernel.state.services).toEqual([foreign, natState.services[1]]);
  expect(kernel.state.addresses).toEqual(natState.addresses);
  expect(lines.join('\n')).toContain('service tcp 192.168.0.111:80');
});

test('what cannot be restored yet is tried again', async () => {
  await using folder = await scratchFolder();
  await apply((await openAgent(fakeKernel({ state: bareHost }), folder.path)).agent);

  const kernel = rebooted();
  kernel.refuses = ({ kind }) => kind === 'addAddress';
  const { agent, lines } = await openAgent(kernel, folder.path);
  const restoring = agent.restore(forever);
  await expect.poll(() => lines.join('\n')).toContain('trying again in 2 s');
  kernel.refuses = () => false;
  await restoring;

  expect(kernel.state.services).toEqual(natState.services);
}, 10_000);

test('a damaged file is not taken for an empty one: the agent refuses to start, naming it', async () => {
  await using folder = await scratchFolder();
  const kernel = fakeKernel({ state: bareHost });
  await apply((await openAgent(kernel, folder.path)).agent);
  await writeFile(`${folder.path}/ledger.json`, '{"bootId": "boot-1", "obj');

  await expect(openAgent(kernel, folder.path)).rejects.toThrow('ledger.json is damaged');
});
