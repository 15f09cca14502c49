import type { ArpInput, ArpResult } from '@signalbox/agent-api';
import { expect, test } from 'vitest';
import { FakeProofs } from '../testing/fake-proofs.ts';
import { twoArms } from '../testing/two-arms.ts';
import { ArpSilence, isSilent } from './arp-silence.ts';
import type { NodeLinks } from './node-links.ts';

const topology = twoArms({ director: 1, rs1: 2, rs2: 3 });
const order = { services: ['web'], to: 'gate' } as const;

/** A link on which somebody may answer: `late`, as a proxy does, or at once. */
function link() {
  const asked: ArpInput['listen'][] = [];
  const time = { ms: 0 };
  const answers = { late: false, atOnce: false, agent: true };
  const replies = ({ listen }: ArpInput): ArpResult => {
    asked.push(listen);
    const isHeard = answers.atOnce || (answers.late && listen === 'second');
    return { replies: isHeard ? [{ mac: '02:00:00:00:00:99', askedAs: 'host' }] : [] };
  };
  const proofs = Object.assign(new FakeProofs(), {
    askArp: (input: ArpInput) => Promise.resolve(replies(input)),
  });
  const links: NodeLinks = {
    ask: async (_, question) =>
      answers.agent
        ? { kind: 'answered', value: await question(proofs) }
        : { kind: 'silent', message: 'no answer' },
  };
  const asking = { clusterId: 'shop', topology, order, links };
  return { asked, time, answers, asking, silence: new ArpSilence(() => new Date(time.ms)) };
}

test('who listened before hosts prepared need not wait for those who answer late again', async () => {
  const { asked, asking, silence } = link();
  silence.listen(asking);
  expect(isSilent(await silence.ask(asking))).toBe(true);
  expect(asked).toEqual(['second', 'shortly']);
  // Each listening is for one question.
  await silence.ask(asking);
  expect(asked.slice(2)).toEqual(['second']);
});

test('what a preflight has just begun is not begun again when hosts prepare; what is older is', async () => {
  const { asked, time, asking, silence } = link();
  silence.listen(asking);
  time.ms = 14_000;
  silence.listenIfNotShown(asking);
  expect(asked).toEqual(['second']);
  time.ms = 20_000;
  silence.listenIfNotShown(asking);
  expect(asked).toEqual(['second', 'second']);
});

test('a proxy that began to answer after a preflight is heard by the next one', async () => {
  const { asked, time, answers, asking, silence } = link();
  silence.listen(asking);
  time.ms = 500;
  silence.listen(asking);
  expect(asked).toEqual(['second']);
  answers.late = true;
  time.ms = 3000;
  silence.listen(asking);
  expect(isSilent(await silence.ask(asking))).toBe(false);
});

test('a real server that answers once it is prepared is heard', async () => {
  const { answers, asking, silence } = link();
  silence.listen(asking);
  answers.atOnce = true;
  expect(isSilent(await silence.ask(asking))).toBe(false);
});

test('a proxy that answered before is listened for again, and so is one that nobody has listened for', async () => {
  const { answers, asking, silence } = link();
  answers.late = true;
  silence.listen(asking);
  expect(isSilent(await silence.ask(asking))).toBe(false);
  expect(isSilent(await silence.ask(asking))).toBe(false);
  silence.listen(asking);
  answers.late = false;
  expect(isSilent(await silence.ask(asking))).toBe(true);
});

test('what was heard long ago, in another cluster or drawing, or by nobody, counts for nothing', async () => {
  const { asked, time, answers, asking, silence } = link();
  silence.listen(asking);
  time.ms = 60_000;
  await silence.ask(asking);
  expect(asked.splice(0)).toEqual(['second', 'second']);

  silence.listen(asking);
  const vips = topology.vips.map((vip) => ({ ...vip, address: { ...vip.address, text: '192.168.0.112' } }));
  await silence.ask({ ...asking, topology: { ...topology, vips } });
  expect(asked.splice(0)).toEqual(['second', 'second']);

  time.ms = 90_000;
  silence.listen(asking);
  await silence.ask({ ...asking, clusterId: 'other' });
  expect(asked.splice(0)).toEqual(['second', 'second']);

  time.ms = 120_000;
  answers.agent = false;
  silence.listen(asking);
  answers.agent = true;
  await silence.ask(asking);
  expect(asked).toEqual(['shortly', 'second']);
});

test('a director that cannot be asked is no silence', async () => {
  const { answers, asking, silence } = link();
  answers.agent = false;
  expect(isSilent(await silence.ask(asking))).toBe(false);
});
