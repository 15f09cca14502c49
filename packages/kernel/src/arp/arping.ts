// ARP asked on the wire with arping(8) of iputils: netlink knows only what the host has heard, not who would answer.
import { spawn } from 'node:child_process';
import type { Address } from '@signalbox/cluster';
import { runProgram } from '../host/program.ts';
import { repliesIn } from './replies.ts';

export interface ArpReply {
  /** Lower case, with colons. */
  readonly mac: string;
  /** Which question it answered: from 0.0.0.0, or from an address of this host. */
  readonly askedAs: 'nobody' | 'host';
}

const SECONDS = '1';
/** How long the first gratuitous packet may take to leave; the others follow by themselves. */
const FIRST_ANNOUNCEMENT_MS = 150;

/**
 * Who answers for an address on a link, asked both ways: proxy_arp answers only a real asker. Silence takes a second. The
 * question of nobody hears the other's answers too, and ends at the first: then it is asked once more, alone.
 * @throws KernelFailure when it could not be asked.
 */
export async function askArp(device: string, address: Address, from: Address): Promise<ArpReply[]> {
  const ask = async (askedAs: ArpReply['askedAs'], how: readonly string[]) =>
    (await macs([...how, '-c', '2', '-w', SECONDS, '-I', device, address.text])).map((mac) => ({
      mac,
      askedAs,
    }));
  const askAsNobody = () => ask('nobody', ['-D']);
  const [toNobody, toHost] = await Promise.all([askAsNobody(), ask('host', ['-s', from.text])]);
  return toHost.length === 0 ? toNobody : [...(await askAsNobody()), ...toHost];
}

/**
 * The hardware address of a host that has the address already; null when none answers within a second (RFC 5227).
 * @throws KernelFailure when it could not be asked.
 */
export async function otherHolder(device: string, address: Address): Promise<string | null> {
  const [mac = null] = await macs(['-D', '-c', '2', '-w', SECONDS, '-I', device, address.text]);
  return mac;
}

const macs = async (args: readonly string[]): Promise<string[]> =>
  repliesIn(await runProgram('arping', args));

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
