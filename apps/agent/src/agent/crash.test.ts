// An agent that is killed at any moment, and the one that starts after it on the same host and folder.
import type { Phase } from '@signalbox/cluster';
import { expect, test } from 'vitest';
import { type FakeKernel, fakeKernel } from '../testing/fake-kernel.ts';
import { bareHost, destination, editedState, RS3, service } from '../testing/host-states.ts';
import { accept, apply, PHASES } from '../testing/ordering.ts';
import { openAgent, scratchFolder } from '../testing/test-agent.ts';
import type { HostAgent } from './create-agent.ts';

const foreign = service(443, [destination(RS3)], '192.168.0.222');
const freshHost = () => fakeKernel({ state: { ...bareHost, services: [foreign] } });
const forever = new AbortController().signal;

/** The agent starts executing and is gone: `run` never answers, so nothing after it happens either. */
async function dieInside(kernel: FakeKernel, agent: HostAgent, at: { phase: Phase; after: number }) {
  kernel.diesAfter = at.after;
  const runs = kernel.runs.length;
  void agent.execute({ rollout: 'r2', phase: at.phase });
  await expect.poll(() => kernel.runs.length).toBe(runs + 1);
  kernel.diesAfter = null;
}

const withoutOrder = (kernel: FakeKernel) => ({
  services: kernel.state.services
    .map((one) => ({
      ...one,
      destinations: one.destinations.toSorted((a, b) => a.address.text.localeCompare(b.address.text)),
    }))
    .toSorted((a, b) => JSON.stringify(a.key).localeCompare(JSON.stringify(b.key))),
  addresses: kernel.state.addresses,
  sysctls: kernel.state.sysctls,
});

/** What an agent that nobody killed makes of it. */
async function undisturbed() {
  await using folder = await scratchFolder();
  const kernel = freshHost();
  const { agent } = await openAgent(kernel, folder.path);
  await apply(agent);
  await apply(agent, editedState, 2);
  return withoutOrder(kernel);
}

const moments = PHASES.flatMap((phase) => [0, 1, 2, 3].map((after) => ({ phase, after })));

test.each(moments)(
  'killed in $phase after $after operations, the next one rolls forward to what was accepted',
  async ({ phase, after }) => {
    await using folder = await scratchFolder();
    const kernel = freshHost();
    const before = await openAgent(kernel, folder.path);
    await apply(before.agent);
    const { planned } = await accept(before.agent, editedState, 2);
    for (const earlier of PHASES.slice(0, PHASES.indexOf(phase)))
      await before.agent.execute({ rollout: 'r2', phase: earlier });
    const inPhase = planned.filter((operation) => operation.phase === phase).length;
    await dieInside(kernel, before.agent, { phase, after: Math.min(after, inPhase) });

    const { agent, lines } = await openAgent(kernel, folder.path);
    expect((await agent.info()).rollout?.state).toBe('interrupted');
    await agent.restore(forever);

    expect(withoutOrder(kernel)).toEqual(await undisturbed());
    expect((await agent.info()).rollout).toMatchObject({ rollout: 'r2', state: 'done', done: PHASES });
    expect(lines.join('\n')).toContain('Rollout r2 was cut short on this host');
    const asked = await agent.execute({ rollout: 'r2', phase });
    expect(asked.results).toHaveLength(inPhase);
    expect(asked.state).toBe('done');
    expect((await agent.preview(editedState)).operations).toEqual([]);
  },
);

test('killed and failing again when rolling forward, the results say what is missing', async () => {
  await using folder = await scratchFolder();
  const kernel = freshHost();
  const before = await openAgent(kernel, folder.path);
  await apply(before.agent);
  await accept(before.agent, editedState, 2);
  await before.agent.execute({ rollout: 'r2', phase: 'prepare' });
  await dieInside(kernel, before.agent, { phase: 'switch', after: 1 });
  kernel.refuses = ({ kind }) => kind === 'editDestination';

  const { agent } = await openAgent(kernel, folder.path);
  const ending = new AbortController();
  const restoring = agent.restore(ending.signal);
  await expect.poll(async () => (await agent.info()).rollout?.state).toBe('failed');
  ending.abort();
  await restoring;

  expect((await agent.execute({ rollout: 'r2', phase: 'prepare' })).state).toBe('done');
  const outcomes = (await agent.execute({ rollout: 'r2', phase: 'switch' })).results.map(
    ({ operation, outcome }) => [operation.kind, outcome.kind],
  );
  expect(outcomes).toEqual([
    ['addDestination', 'done'],
    ['editDestination', 'failed'],
    ['editDestination', 'notRun'],
    ['deleteDestination', 'notRun'],
  ]);
});

test('killed between two phases, the next one waits for the console, which goes on', async () => {
  await using folder = await scratchFolder();
  const kernel = freshHost();
  const before = await openAgent(kernel, folder.path);
  await apply(before.agent);
  await accept(before.agent, editedState, 2);
  await before.agent.execute({ rollout: 'r2', phase: 'prepare' });
  const runs = kernel.runs.length;

  const { agent } = await openAgent(kernel, folder.path);
  await agent.restore(forever);

  expect(kernel.runs).toHaveLength(runs);
  expect((await agent.info()).rollout).toMatchObject({ state: 'running', done: ['prepare'] });
  await agent.execute({ rollout: 'r2', phase: 'switch' });
  await agent.execute({ rollout: 'r2', phase: 'retire' });
  expect(withoutOrder(kernel)).toEqual(await undisturbed());
});

test('what the kernel did without answering is found by reading back', async () => {
  await using folder = await scratchFolder();
  const kernel = freshHost();
  const { agent } = await openAgent(kernel, folder.path);
  const { planned } = await accept(agent);
  kernel.silentAfter = 3;

  const { results, state } = await agent.execute({ rollout: 'r1', phase: 'prepare' });

  expect(state).toBe('failed');
  expect(results).toHaveLength(planned.length);
  expect(results.map(({ outcome }) => outcome.kind)).toEqual(
    planned.map((_, at) => (at < 3 ? 'done' : 'failed')),
  );
  expect(results.at(-1)?.outcome).toMatchObject({ errno: 'ENOANSWER' });
});
