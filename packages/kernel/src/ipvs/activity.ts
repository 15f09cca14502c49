// /proc/net/ip_vs (ip_vs_ctl.c, ip_vs_info_seq_show): weights and connections of everything, without counters, at a small
// part of what asking for them costs.
import { closeSync, openSync, readSync } from 'node:fs';
import { addressBytes, type DestinationReading, type Endpoint, type ServiceKey } from '@signalbox/cluster';

/** What the kernel prints of each service and its destinations, by `activityName`. */
export type Activity = ReadonlyMap<string, string>;

export function readActivity(path = '/proc/net/ip_vs'): Activity {
  const blocks = new Map<string, string>();
  // The heads of the columns come first.
  for (const block of textOf(path)
    .split(/\n(?=\S)/)
    .slice(2)) {
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

const hex = (value: number, digits: number) => value.toString(16).toUpperCase().padStart(digits, '0');

/** The kernel gives one page for each read: many small ones, which the thread pool would make dear. */
function textOf(path: string): string {
  const file = openSync(path, 'r');
  try {
    const page = Buffer.allocUnsafe(8192);
    let text = '';
    for (let length = -1; length !== 0; ) {
      length = readSync(file, page);
      text += page.toString('latin1', 0, length);
    }
    return text;
  } finally {
    closeSync(file);
  }
}
