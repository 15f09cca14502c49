// ARP asked on the wire with arping(8) of iputils: netlink knows only what the host has heard, not who would answer.
import { setTimeout as delay } from 'node:timers/promises';
import type { Address } from '@signalbox/cluster';
import { runProgram } from '../host/program.ts';
import { keepAlive, readyPrograms, startProgram } from '../host/start-program.ts';
import { repliesIn } from './replies.ts';

export interface ArpReply {
  /** Lower case, with colons. */
  readonly mac: string;
  /** Which question it answered: from 0.0.0.0, or from an address of this host. */
  readonly askedAs: 'nobody' | 'host';
}

const SECONDS = '1';
/** From when the program was started. Who has the address answers in less than a millisecond, from his kernel. */
const SHORTLY_MS = 400;
/** How long the first gratuitous packet may take to leave; the others follow by themselves. */
const FIRST_ANNOUNCEMENT_MS = 150;

export interface ArpQuestion {
  readonly interface: string;
  readonly address: Address;
  readonly from: Address;
  readonly listen: 'shortly' | 'second';
}

/**
 * Who answers for an address on a link, asked both ways: proxy_arp answers only a real asker. Silence takes a second, for
 * proxies take their time (proxy_delay). It is known shortly whether somebody has the address himself: he tells it to
 * nobody as well (arp_process in net/ipv4/arp.c). Whoever is heard then is asked both ways.
 * @throws KernelFailure when it could not be asked.
 */
export async function askArp(question: ArpQuestion): Promise<ArpReply[]> {
  const heard = question.listen === 'shortly' ? await heardShortly(question) : null;
  return heard?.length === 0 ? [] : askBothWays(question);
}

/** Null where it is not known: on a busy host the program may have been told to end before it asked. */
const heardShortly = (question: ArpQuestion): Promise<string[] | null> =>
  askAsNobody(question, delay(SHORTLY_MS)).catch(() => null);

const askAsNobody = (question: Asked, enough?: Promise<void>): Promise<string[]> =>
  asked(question, ['-D'], enough);

/** What a switch starts once it is confirmed: a question on each of two links, marks set and taken off, the VIP announced. */
const SOON = 5;
/** The question itself, both ways. */
const BOTH_WAYS = 2;

/**
 * The question of nobody hears the other's answers too, and ends at the first: then it is asked once more, alone.
 * Whoever asks for a second may be about to switch.
 */
async function askBothWays(question: ArpQuestion): Promise<ArpReply[]> {
  // Before it listens: what is started in that second would keep it from hearing.
  readyPrograms(BOTH_WAYS + SOON);
  const [first, toHost] = await Promise.all([
    askAsNobody(question),
    asked(question, ['-s', question.from.text]),
  ]);
  const toNobody = toHost.length === 0 ? first : await askAsNobody(question);
  const as = (askedAs: ArpReply['askedAs']) => (mac: string) => ({ mac, askedAs });
  return [...toNobody.map(as('nobody')), ...toHost.map(as('host'))];
}

/**
 * The hardware address of a host that has the address already; null when none answers within a second (RFC 5227).
 * @throws KernelFailure when it could not be asked.
 */
export async function otherHolder(device: string, address: Address): Promise<string | null> {
  const [mac = null] = await askAsNobody({ interface: device, address });
  return mac;
}

type Asked = Pick<ArpQuestion, 'interface' | 'address'>;

/** Hardware addresses of those who answer within a second, or until it is enough. */
async function asked(
  { interface: device, address }: Asked,
  as: readonly string[],
  enough?: Promise<void>,
): Promise<string[]> {
  const args = [...as, '-c', '2', '-w', SECONDS, '-I', device, address.text];
  return repliesIn(await runProgram('arping', args, enough && { enough }));
}

/**
 * Tells the link that the address is here now (gratuitous ARP): neighbours that know its former holder would send there
 * for half a minute. Resolves when the first packet has left; two more follow.
 */
export async function announce(device: string, address: Address): Promise<void> {
  const child = startProgram('arping', ['-U', '-c', '3', '-w', '3', '-I', device, address.text]);
  child.stdin.end();
  keepAlive(child, 'unref');
  for (const stream of [child.stdout, child.stderr]) stream.resume();
  const left = Promise.withResolvers<void>();
  child.once('error', () => left.resolve());
  child.once('exit', () => left.resolve());
  const timer = setTimeout(() => left.resolve(), FIRST_ANNOUNCEMENT_MS);
  await left.promise;
  clearTimeout(timer);
}
