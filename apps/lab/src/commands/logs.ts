import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { NoLab } from '../client/lab-client.ts';
import type { Place } from '../state/place.ts';

/** What was logged on one node, or everywhere: each line with the name of its file in front. */
export function logs(place: Place, node: string | null): string {
  if (!existsSync(place.logs)) throw new NoLab(`no lab runs in ${place.folder}`);
  const names = readdirSync(place.logs)
    .filter((file) => file.endsWith('.log'))
    .map((file) => file.slice(0, -'.log'.length))
    .sort();
  if (node === null) return names.map((name) => prefixed(name, read(place, name))).join('');
  if (!names.includes(node)) throw new Error(`no log of ${node}; there are ${names.join(', ')}`);
  return read(place, node);
}

const read = (place: Place, name: string) => readFileSync(join(place.logs, `${name}.log`), 'utf8');

const prefixed = (name: string, text: string) => text.replaceAll(/^(?=.)/gm, `${name} `);
