import type { ExecPlace } from '../wire/guest-messages.ts';
import { FRESH_INIT, UNSHARE } from './namespaces.ts';

/** The argument array that runs `argv` on the machine whose first process is `pid`. */
export function enterNode(pid: number, argv: readonly string[], cwd: string | null = null): string[] {
  const at = cwd === null ? [] : [`--wdns=${cwd}`];
  return [
    'nsenter',
    '--target',
    String(pid),
    '--mount',
    '--uts',
    '--ipc',
    '--net',
    '--pid',
    ...at,
    '--',
    ...argv,
  ];
}

/** The argument array that runs `argv` at a place; `pidOf` finds a node, or throws when there is none. */
export function enter(
  place: ExecPlace,
  command: { argv: readonly string[]; cwd: string | null },
  pidOf: (node: string) => number,
): string[] {
  switch (place.kind) {
    case 'node':
      return enterNode(pidOf(place.node), command.argv, command.cwd);
    case 'fresh':
      return [...UNSHARE, '--', 'sh', FRESH_INIT, ...command.argv];
    case 'kernel':
      return [...command.argv];
  }
}
