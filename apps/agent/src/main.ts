import { parseArgs } from 'node:util';
import { run } from './commands/run.ts';
import { status } from './commands/status.ts';
import { errorText, logToStdout } from './log.ts';
import { OperatorError } from './operator-error.ts';

const USAGE = `usage:
  agent join --console HOST:PORT --token TOKEN --ca sha256:FINGERPRINT [--state DIR] [--again]
  agent run [--listen ADDRESS:PORT] [--state DIR]
  agent status [--state DIR]`;

const STATE = '/var/lib/signalbox-agent';
const LISTEN = '0.0.0.0:7420';

const OPTIONS = {
  console: { type: 'string' },
  token: { type: 'string' },
  ca: { type: 'string' },
  state: { type: 'string', default: STATE },
  listen: { type: 'string', default: LISTEN },
  again: { type: 'boolean', default: false },
} as const;

async function main(): Promise<void> {
  const { values, positionals } = parsed();
  const { console, token, ca, state, listen, again } = values;
  switch (positionals.join(' ')) {
    case 'join':
      if (console === undefined || token === undefined || ca === undefined) throw new OperatorError(USAGE);
      // Needed once in a host's life: the running agent does not carry what makes certificates in memory.
      const { join } = await import('./commands/join.ts');
      return join({ console, token, ca, state, again }, logToStdout);
    case 'run':
      return run({ state, listen }, logToStdout, endSignal());
    case 'status':
      process.stdout.write(`${(await status(state)).join('\n')}\n`);
      return;
    default:
      throw new OperatorError(USAGE);
  }
}

function parsed() {
  try {
    return parseArgs({ options: OPTIONS, allowPositionals: true });
  } catch (cause) {
    throw new OperatorError(`${errorText(cause)}\n${USAGE}`, { cause });
  }
}

/** Aborts at the first SIGTERM or SIGINT; a second one ends the program as usual. */
function endSignal(): AbortSignal {
  const ending = new AbortController();
  for (const name of ['SIGTERM', 'SIGINT'] as const) process.once(name, () => ending.abort());
  return ending.signal;
}

try {
  await main();
} catch (error) {
  const text = error instanceof OperatorError || !(error instanceof Error) ? errorText(error) : error.stack;
  process.stderr.write(`${text}\n`);
  process.exitCode = 1;
}
