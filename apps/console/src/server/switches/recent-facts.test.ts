import type { Proofs } from '@signalbox/agent-api';
import type { HostFacts } from '@signalbox/cluster';
import { expect, test } from 'vitest';
import { twoArms } from '../testing/two-arms.ts';
import type { NodeLinks } from './node-links.ts';
import { RecentFacts } from './recent-facts.ts';

const topology = twoArms({ director: 1, rs1: 2, rs2: 3 });
const order = { services: ['web'], to: 'gate' } as const;
const said: HostFacts = {
  kernelRelease: '6.1.0',
  links: [],
  sysctls: [],
  listeners: [],
  forwardFilter: { kind: 'open' },
  otherWriters: [],
  ipvsTimeouts: null,
  translatedPorts: [],
};

const nobody = () => Promise.reject(new Error('only facts are asked for'));
const proofs: Proofs = {
  facts: () => Promise.resolve(said),
  canaries: nobody,
  connect: nobody,
  askArp: nobody,
  sockets: nobody,
  probe: () => {
    throw new Error('only facts are asked for');
  },
};

/** Hosts that count how often they are asked; `silent` ones do not answer. */
function asking({ silent = false } = {}) {
  let milliseconds = 0;
  let asked = 0;
  const links: NodeLinks = {
    ask: (_, question) => {
      asked += 1;
      return silent
        ? Promise.resolve({ kind: 'silent', message: 'no answer' })
        : question(proofs).then((value) => ({ kind: 'answered', value }));
    },
  };
  const facts = new RecentFacts(() => new Date(milliseconds));
  return {
    facts,
    links,
    asked: () => asked,
    after: (ms: number) => void (milliseconds += ms),
  };
}

test('who confirms what was shown a moment ago does not wait for the hosts again; later they are asked', async () => {
  const { facts, links, asked, after } = asking();
  const shown = await facts.ask(topology, order, links);
  const once = asked();
  expect(once).toBeGreaterThan(1);

  after(14_000);
  expect(await facts.take(topology, order, links)).toBe(shown);
  expect(asked()).toBe(once);

  // Each look is for one confirmation.
  await facts.take(topology, order, links);
  expect(asked()).toBe(2 * once);

  await facts.ask(topology, order, links);
  after(15_000);
  await facts.take(topology, order, links);
  expect(asked()).toBe(4 * once);
});

test('another drawing is another question', async () => {
  const { facts, links, asked } = asking();
  await facts.ask(topology, order, links);
  const once = asked();
  await facts.take(twoArms({ director: 1, rs1: 2, rs2: 3 }, 7), order, links);
  expect(asked()).toBe(2 * once);
});

test('a host that did not answer is asked again', async () => {
  const { facts, links, asked } = asking({ silent: true });
  await facts.ask(topology, order, links);
  const once = asked();
  await facts.take(topology, order, links);
  expect(asked()).toBe(2 * once);
});
