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
 * proxies take their time (proxy_delay). With a witness it is enough to hear whoever answers for himself: until twice as
 * long as the witness took, from programs that were started before.
 * @throws KernelFailure when it could not be asked.
 */
export async function askArp(question: ArpQuestion): Promise<ArpReply[]> {
  const { witness } = question;
  if (witness === null) return heard(question);
  const enough = Promise.withResolvers<void>();
  const asking = heard(question, enough.promise);
  void answered({ ...question, address: witness }).then(enough.resolve);
  // On a busy host it may be told to end before it has asked.
  return asking.catch(() => heard(question));
}

/**
 * The question of nobody hears the other's answers too, and ends at the first: then it is asked once more, alone.
 * @param enough when there was time enough; else after a second
 */
async function heard(question: ArpQuestion, enough?: Promise<void>): Promise<ArpReply[]> {
  const ask = async (askedAs: ArpReply['askedAs'], how: readonly string[], until?: Promise<void>) =>
    (await macs([...how, '-c', '2', ...target(question)], until)).map((mac) => ({ mac, askedAs }));
  const [toNobody, toHost] = await Promise.all([
    ask('nobody', ['-D'], enough),
    ask('host', ['-s', question.from.text], enough),
  ]);
  return toHost.length === 0 ? toNobody : [...(await ask('nobody', ['-D'])), ...toHost];
}

/** Resolves a while after the first answer; never when there is none, or it could not be asked. */
async function answered(question: ArpQuestion): Promise<void> {
  const began = performance.now();
  const asked = macs(['-f', '-c', '1', '-s', question.from.text, ...target(question)]);
  const [mac] = await asked.catch(() => []);
  if (mac === undefined) return new Promise(() => undefined);
  await delay(Math.max(LEAST_MS, performance.now() - began));
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
