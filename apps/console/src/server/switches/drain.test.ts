import { expect, test } from 'vitest';
import type { HostReview } from '../../api/contract.ts';
import { FakeProofs } from '../testing/fake-proofs.ts';
import { SwitchGround } from '../testing/switch-ground.ts';
import { eventually } from '../testing/test-console.ts';
import { twoArms } from '../testing/two-arms.ts';
import { drained, forgottenAt } from './drain.ts';
import type { NodeLinks } from './node-links.ts';

/** Real servers that take a question and never answer. */
const silent: NodeLinks = { ask: () => new Promise(() => {}) };

function waiting() {
  const { run } = new SwitchGround({ step: 'flipped', state: 'draining' });
  const hands = {
    links: silent,
    now: () => new Date(1000),
    udpEntries: () => 0,
    reviewed: () => Promise.resolve([]),
  };
  return { run, ended: drained(run, twoArms({}), { hands, signal: run.commanded }) };
}

test('the lever does not wait for a real server that is being asked for its connections', async () => {
  const { run, ended } = waiting();
  await run.command({ target: 'from' }, { by: 'Ada' });
  expect(await ended).toBe('woken');
});

test('cutting the old connections does not wait for it either', async () => {
  const { run, ended } = waiting();
  await run.command({}, { by: 'Ada', cut: true });
  expect(await ended).toBe('drained');
});

/** Nobody connected any more, and a director that remembers ended connections for three seconds. */
async function quietEndsAfter(retire: HostReview): Promise<number> {
  const { run } = new SwitchGround({
    step: 'prepared',
    state: 'draining',
    target: 'from',
    flippedAt: new Date(0),
  });
  const proofs = new FakeProofs();
  const found = { ...proofs.found, ipvsTimeouts: { tcp: 900, tcpFin: 3, udp: 300 } };
  proofs.facts = () => Promise.resolve(found);
  const links: NodeLinks = {
    ask: async (_, question) => ({ kind: 'answered', value: await question(proofs) }),
  };
  const now = new Date(1000);
  const hands = { links, now: () => now, udpEntries: () => 0, reviewed: () => Promise.resolve([retire]) };
  const ended = drained(run, twoArms({ director: 7420 }), { hands, signal: run.commanded });
  const { drain } = await eventually(
    () => Promise.resolve(run.view),
    ({ drain }) => drain !== null,
  );
  await run.command({}, { by: 'Ada', cut: true });
  await ended;
  return Date.parse(drain?.forgottenAt ?? '') - now.getTime();
}

const reuseBackTo = (to: string): HostReview => ({
  kind: 'ready',
  nodeId: 'director',
  digest: 'x',
  operations: [
    {
      phase: 'retire',
      command: `sysctl -w net.ipv4.vs.conn_reuse_mode=${to}`,
      operation: { kind: 'setSysctl', name: 'net.ipv4.vs.conn_reuse_mode', from: '3', to },
    },
  ],
  problems: [],
});

test('DR stays until the director has forgotten connections that ended, or gives no client its old one', async () => {
  expect(await quietEndsAfter(reuseBackTo('1'))).toBe(3000);
  expect(await quietEndsAfter(reuseBackTo('0'))).toBe(120_000);
  const silent = { kind: 'unreachable', nodeId: 'director', message: 'silent', blocking: true } as const;
  expect(await quietEndsAfter(silent)).toBe(120_000);
});

test('cut DR is forgotten as late as if its connections ended now, or when it was already known; NAT leaves nothing', async () => {
  const back = { step: 'prepared', state: 'draining', target: 'from', flippedAt: new Date(0) } as const;
  const hands = {
    links: silent,
    now: () => new Date(1000),
    reviewed: () => Promise.resolve([reuseBackTo('0')]),
  };
  const topology = twoArms({ director: 7420 });
  const { run } = new SwitchGround(back);
  expect(await forgottenAt(run, topology, hands)).toBe(new Date(121_000).toISOString());

  const known = new Date(31_000).toISOString();
  const drain = { atFirst: 2, deadline: known, overdue: false, forgottenAt: known, ways: [] };
  run.shown({ drain: { ...drain, left: 0 } });
  expect(await forgottenAt(run, topology, hands)).toBe(known);
  run.shown({ drain: { ...drain, left: 1 } });
  expect(await forgottenAt(run, topology, hands)).toBe(new Date(121_000).toISOString());

  const forward = new SwitchGround({ ...back, step: 'flipped', target: 'done' });
  expect(await forgottenAt(forward.run, topology, hands)).toBeNull();
});
