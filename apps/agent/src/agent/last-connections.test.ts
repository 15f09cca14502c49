// A destination that leaves: nobody new is sent to it, and then its last connections may end.
import { expect, test } from 'vitest';
import { type FakeKernel, fakeKernel } from '../testing/fake-kernel.ts';
import { bareHost, destination, natState, RS1, RS2, service } from '../testing/host-states.ts';
import { apply } from '../testing/ordering.ts';
import { openAgent, scratchFolder } from '../testing/test-agent.ts';

const withoutRs2 = { ...natState, services: [service(80, [destination(RS1, 3)])] };

/** What was done to RS2, and what became of each, when its service goes on without it. */
async function rs2Leaves(kernel: FakeKernel) {
  await using folder = await scratchFolder();
  const { agent } = await openAgent(kernel, folder.path);
  await apply(agent);
  const results = await apply(agent, withoutRs2, 2);
  await agent.close();
  return results
    .flatMap((result) => result.results)
    .filter(({ command }) => command.includes(RS2))
    .map(({ command, outcome }) => ({ command: command.split(' ')[1], outcome }));
}

test('it is deleted when its connections have ended', async () => {
  const kernel = fakeKernel({ state: bareHost });
  let looks = 0;
  const weights: (number | undefined)[] = [];
  kernel.open = () => {
    looks += 1;
    weights.push(kernel.state.services[0]?.destinations.find(({ address }) => address.text === RS2)?.weight);
    return looks > 3 ? 0 : 2;
  };
  expect(await rs2Leaves(kernel)).toEqual([
    { command: '-e', outcome: { kind: 'done' } },
    { command: '-d', outcome: { kind: 'done' } },
  ]);
  expect(weights).toEqual([0, 0, 0, 0]);
});

test('connections that do not end are cut after a while, and it says how many', async () => {
  const kernel = fakeKernel({ state: bareHost });
  kernel.open = () => 2;
  expect(await rs2Leaves(kernel)).toEqual([
    { command: '-e', outcome: { kind: 'done' } },
    { command: '-d', outcome: { kind: 'done', cut: 2 } },
  ]);
}, 15_000);

test('where it cannot be quiesced it is not deleted', async () => {
  const kernel = fakeKernel({ state: bareHost });
  kernel.refuses = ({ kind }) => kind === 'editDestination';
  await expect(rs2Leaves(kernel)).rejects.toThrow('EPERM');
  expect(kernel.state.services[0]?.destinations).toHaveLength(2);
});
