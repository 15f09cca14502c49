// /proc/net/ip_vs (ip_vs_ctl.c, ip_vs_info_seq_show): weights and connections of everything, without counters, at a small
// part of what asking for them costs.
import { closeSync, openSync, readSync } from 'node:fs';
import { addressBytes, type ServiceKey } from '@signalbox/cluster';

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
  const bytes = Buffer.from(addressBytes(key.address)).toString('hex');
  const address =
    key.address.family === 'ipv4' ? bytes.toUpperCase() : `[${bytes.match(/.{4}/g)?.join(':') ?? ''}]`;
  return `${key.protocol.toUpperCase()}  ${address}:${hex(key.port, 4)}`;
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
