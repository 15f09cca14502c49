// /proc/net/ip_vs (ip_vs_ctl.c, ip_vs_info_seq_show): weights and connections of everything, without counters, at a small
// part of what asking for them costs. What is missing here need not be missing: beside namespaces that have services too,
// the kernel leaves some of ours out (after each page ip_vs_info_array counts ours, but ip_vs_info_seq_next counted all).
import { closeSync, openSync, readSync } from 'node:fs';
import { addressBytes, type DestinationReading, type Endpoint, type ServiceKey } from '@signalbox/cluster';

/** What the kernel prints of each service and its destinations, by `activityName`. */
export type Activity = ReadonlyMap<string, string>;

/** What the kernel prints now. */
export const readActivity = (path?: string): Activity => activityReader(path)();

/** Reads again and again: where nothing changed, the answer is the one of before. */
export function activityReader(path = '/proc/net/ip_vs'): () => Activity {
  let printed: Buffer = Buffer.alloc(0);
  let blocks: Activity = new Map();
  // What is printed now is read where what was printed the time before last stood.
  let spare: Buffer = Buffer.alloc(PAGE);
  return () => {
    const now = readInto(path, spare);
    if (now.equals(printed)) {
      spare = whole(now);
      return blocks;
    }
    spare = whole(printed);
    printed = now;
    blocks = blocksIn(now.toString('latin1'));
    return blocks;
  };
}

const whole = ({ buffer }: Buffer): Buffer => Buffer.from(buffer);

function blocksIn(text: string): Activity {
  const blocks = new Map<string, string>();
  // The heads of the columns come first.
  for (const block of text.split(/\n(?=\S)/).slice(2)) {
    const name = /^\S+ +\S+/.exec(block)?.[0] ?? '';
    // Marks of IPv4 and of IPv6 are printed alike.
    blocks.set(name, (blocks.get(name) ?? '') + block);
  }
  return blocks;
}

/** How the kernel begins the lines of a service. */
export function activityName(key: ServiceKey): string {
  if (key.kind === 'fwmark') return `FWM  ${hex(key.mark, 8)}`;
  return `${key.protocol.toUpperCase()}  ${endpointName(key)}`;
}

function endpointName({ address, port }: Endpoint): string {
  const bytes = Buffer.from(addressBytes(address)).toString('hex');
  const text = address.family === 'ipv4' ? bytes.toUpperCase() : `[${bytes.match(/.{4}/g)?.join(':') ?? ''}]`;
  return `${text}:${hex(port, 4)}`;
}

/** Destinations as they were read last, with the weights and connections that the kernel prints of them now. */
export function withActivity(
  destinations: readonly DestinationReading[],
  block: string,
): DestinationReading[] {
  const lines = block.matchAll(/^ {2}-> (\S+) +\S+ +(\d+) +(\d+) +(\d+)/gm);
  const printed = new Map([...lines].map(([, name = '', ...numbers]) => [name, numbers.map(Number)]));
  return destinations.map((destination) => {
    const [weight, active, inactive] = printed.get(endpointName(destination)) ?? [];
    if (weight === undefined || active === undefined || inactive === undefined) return destination;
    return { ...destination, weight, active, inactive };
  });
}

const PAGE = 8192;

const hex = (value: number, digits: number) => value.toString(16).toUpperCase().padStart(digits, '0');

/**
 * The kernel gives one page for each read: many small ones, which the thread pool would make dear.
 * @param room may be written; a larger one is taken where it is too small.
 */
function readInto(path: string, room: Buffer): Buffer {
  const file = openSync(path, 'r');
  try {
    let into = room;
    for (let length = 0; ; ) {
      if (into.length - length < PAGE) into = Buffer.concat([into], 2 * into.length + PAGE);
      const read = readSync(file, into, length, PAGE, null);
      if (read === 0) return into.subarray(0, length);
      length += read;
    }
  } finally {
    closeSync(file);
  }
}
