import { parseArgs } from 'node:util';
import { errorText } from './log.ts';
import { OperatorError } from './operator-error.ts';

export const USAGE = `usage:
  agent join --console HOST:PORT --token TOKEN --ca sha256:FINGERPRINT [--state DIR] [--again]
  agent run [--listen ADDRESS:PORT] [--state DIR]
  agent status [--state DIR]`;

const OPTIONS = {
  console: { type: 'string' },
  token: { type: 'string' },
  ca: { type: 'string' },
  state: { type: 'string', default: '/var/lib/signalbox-agent' },
  listen: { type: 'string', default: '0.0.0.0:7420' },
  again: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

export type Command =
  | {
      readonly kind: 'join';
      readonly console: string;
      readonly token: string;
      readonly ca: string;
      readonly state: string;
      readonly again: boolean;
    }
  | { readonly kind: 'run'; readonly listen: string; readonly state: string }
  | { readonly kind: 'status'; readonly state: string }
  | { readonly kind: 'help' };

/** @throws OperatorError with the usage when the words make no command. */
export function parseCommand(args: readonly string[]): Command {
  const { values, positionals } = parsed(args);
  const { console, token, ca, state, listen, again, help } = values;
  if (help) return { kind: 'help' };
  switch (positionals.join(' ')) {
    case 'join':
      if (console === undefined || token === undefined || ca === undefined) throw new OperatorError(USAGE);
      return { kind: 'join', console, token, ca, state, again };
    case 'run':
      return { kind: 'run', listen, state };
    case 'status':
      return { kind: 'status', state };
    case 'help':
      return { kind: 'help' };
    default:
      throw new OperatorError(USAGE);
  }
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({ args: tokenInOneWord(args), options: OPTIONS, allowPositionals: true });
  } catch (cause) {
    throw new OperatorError(`${errorText(cause)}\n${USAGE}`);
  }
}

/** A token is random and may begin with a hyphen, which would be taken for an option. */
function tokenInOneWord(args: readonly string[]): string[] {
  const at = args.indexOf('--token');
  const token = args[at + 1];
  if (at < 0 || token === undefined) return [...args];
  return [...args.slice(0, at), `--token=${token}`, ...args.slice(at + 2)];
}
