import { expect, test } from 'vitest';
import { SwitchGround } from '../testing/switch-ground.ts';
import { twoArms } from '../testing/two-arms.ts';
import { drained } from './drain.ts';
import type { NodeLinks } from './node-links.ts';

/** Real servers that take a question and never answer. */
const silent: NodeLinks = { ask: () => new Promise(() => {}) };

function waiting() {
  const { run } = new SwitchGround({ step: 'flipped', state: 'draining' });
  const hands = { links: silent, now: () => new Date(1000), udpEntries: () => 0 };
  return { run, ended: drained(run, twoArms({}), { hands, signal: run.commanded }) };
}

test('the lever does not wait for a real server that is being asked for its connections', async () => {
  const { run, ended } = waiting();
  await run.command({ target: 'from' });
  expect(await ended).toBe('woken');
});

test('cutting the old connections does not wait for it either', async () => {
  const { run, ended } = waiting();
  await run.command({}, true);
  expect(await ended).toBe('drained');
});
