import { parseCommand, USAGE } from './command-line.ts';
import { run } from './commands/run.ts';
import { status } from './commands/status.ts';
import { errorText, logToStdout } from './log.ts';
import { OperatorError } from './operator-error.ts';

async function main(): Promise<void> {
  const command = parseCommand(process.argv.slice(2));
  switch (command.kind) {
    case 'join': {
      // Needed once in a host's life: the running agent does not carry what makes certificates in memory.
      const { join } = await import('./commands/join.ts');
      return join(command, logToStdout);
    }
    case 'run':
      return run(command, logToStdout, endSignal());
    case 'status':
      process.stdout.write(`${(await status(command.state)).join('\n')}\n`);
      return;
    case 'help':
      process.stdout.write(`${USAGE}\n`);
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
