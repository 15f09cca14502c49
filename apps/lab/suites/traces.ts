// What a lab could leave behind on a machine.
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { placeOf } from '../src/state/place.ts';

export interface Traces {
  readonly processes: string[];
  readonly namespaces: string[];
  readonly links: string[];
  readonly mounts: string[];
  readonly sockets: string[];
  readonly files: string[];
}

/** Everything on this machine that has to do with the lab in this folder, and what could belong to nobody else. */
export function tracesOf(folder: string): Traces {
  const place = placeOf(folder);
  const ours = (line: string) =>
    line.includes(place.folder) || line.includes(place.sockets) || line.includes(place.id);
  const all = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return {
    processes: all.filter((pid) => ours(quietly(() => readFileSync(`/proc/${pid}/cmdline`, 'utf8')))),
    namespaces: namespacesOf(all),
    links: execFileSync('ip', ['-oneline', 'link', 'show'], { encoding: 'utf8' })
      .split('\n')
      .map((line) => line.split(':')[1] ?? ''),
    mounts: readFileSync('/proc/self/mountinfo', 'utf8').split('\n').filter(ours),
    sockets: readFileSync('/proc/net/unix', 'utf8').split('\n').filter(ours),
    files: [place.folder, place.sockets].filter((path) => existsSync(path)),
  };
}

function namespacesOf(pids: string[]): string[] {
  const kinds = ['net', 'pid', 'mnt'];
  const seen = pids.flatMap((pid) =>
    kinds.map((kind) => quietly(() => readlinkSync(`/proc/${pid}/ns/${kind}`))),
  );
  return [...new Set(seen)].sort();
}

/** Processes end while we look. */
function quietly(read: () => string): string {
  try {
    return read();
  } catch {
    return '';
  }
}
