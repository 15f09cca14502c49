// ARP asked on the wire with arping(8) of iputils: netlink knows only what the host has heard, not who would answer.
import { spawn } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import type { Address, ArpQuestion as AskedByDirector } from '@signalbox/cluster';
import { runProgram } from '../host/program.ts';
import { repliesIn } from './replies.ts';

export interface ArpReply {
  /** Lower case, with colons. */
  readonly mac: string;
  /** Which question it answered: from 0.0.0.0, or from an address of this host. */
  readonly askedAs: 'nobody' | 'host';
}

const SECONDS = '1';
/** However fast the witness was. */
const LEAST_MS = 250;
/** How long the first gratuitous packet may take to leave; the others follow by themselves. */
const FIRST_ANNOUNCEMENT_MS = 150;

/** What a host may be asked to ask. */
export type ArpQuestion = Omit<AskedByDirector, 'directorId'>;

/**
 * Who answers for an address on a link, asked both ways: proxy_arp answers only a real asker. Silence takes a second, for
 * proxies take their time (proxy_delay). With a witness it is enough that nobody answers who has the address himself,
 * which he tells nobody as well (arp_process in net/ipv4/arp.c), in twice the time that the witness took.
 * @throws KernelFailure when it could not be asked.
 */
export async function askArp(question: ArpQuestion): Promise<ArpReply[]> {
  return question.witness !== null && (await isSilentBeside(question, question.witness))
    ? []
    : askBothWays(question);
}

/** Whether it is certain that nobody answers at once. On a busy host the program may be told to end before it has asked. */
async function isSilentBeside(question: ArpQuestion, witness: Address): Promise<boolean> {
  const enough = Promise.withResolvers<void>();
  const asked = askAsNobody(question, enough.promise).catch(() => null);
  // Its program starts after the other, and counts the time that both take to start.
  const hasAnswered = await answered({ ...question, address: witness });
  if (hasAnswered) enough.resolve();
  return (await asked)?.length === 0 && hasAnswered;
}

const askAsNobody = (question: ArpQuestion, enough?: Promise<void>): Promise<string[]> =>
  macs(['-D', '-c', '2', ...target(question)], enough);

/** The question of nobody hears the other's answers too, and ends at the first: then it is asked once more, alone. */
async function askBothWays(question: ArpQuestion): Promise<ArpReply[]> {
  const [first, toHost] = await Promise.all([
    askAsNobody(question),
    macs(['-s', question.from.text, '-c', '2', ...target(question)]),
  ]);
  const toNobody = toHost.length === 0 ? first : await askAsNobody(question);
  const as = (askedAs: ArpReply['askedAs']) => (mac: string) => ({ mac, askedAs });
  return [...toNobody.map(as('nobody')), ...toHost.map(as('host'))];
}

/** Whether somebody answers, said a while after he did. */
async function answered(question: ArpQuestion): Promise<boolean> {
  const began = performance.now();
  const asked = macs(['-f', '-c', '1', '-s', question.from.text, ...target(question)]);
  const replies = await asked.catch(() => []);
  if (replies.length > 0) await delay(Math.max(LEAST_MS, performance.now() - began));
  return replies.length > 0;
}

const target = ({ interface: device, address }: Pick<ArpQuestion, 'interface' | 'address'>) => [
  '-w',
  SECONDS,
  '-I',
  device,
  address.text,
];

/**
 * The hardware address of a host that has the address already; null when none answers within a second (RFC 5227).
 * @throws KernelFailure when it could not be asked.
 */
export async function otherHolder(device: string, address: Address): Promise<string | null> {
  const [mac = null] = await macs(['-D', '-c', '2', ...target({ interface: device, address })]);
  return mac;
}

const macs = async (args: readonly string[], enough?: Promise<void>): Promise<string[]> =>
  repliesIn(await runProgram('arping', args, enough && { enough }));

/**
 * Tells the link that the address is here now (gratuitous ARP): neighbours that know its former holder would send there
 * for half a minute. Resolves when the first packet has left; two more follow.
 */
export async function announce(device: string, address: Address): Promise<void> {
  const child = spawn('arping', ['-U', '-c', '3', '-w', '3', '-I', device, address.text], {
    stdio: 'ignore',
  });
  child.unref();
  const left = Promise.withResolvers<void>();
  child.once('error', () => left.resolve());
  child.once('exit', () => left.resolve());
  const timer = setTimeout(() => left.resolve(), FIRST_ANNOUNCEMENT_MS);
  await left.promise;
  clearTimeout(timer);
}
