// The lab's command line. `npm run lab -- help` tells what it can do.
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import * as z from 'zod';
import { askLab, NoLab } from './client/lab-client.ts';
import { describe } from './commands/describe.ts';
import { down } from './commands/down.ts';
import { exec } from './commands/exec.ts';
import { logs } from './commands/logs.ts';
import { serve, upDetached, upHere, type UpWish } from './commands/up.ts';
import { kernelWishes } from './machine/kernel-choice.ts';
import { placeOf } from './state/place.ts';
import { LabProblem } from './supervisor/start-lab.ts';
import { LabStatus, ScenarioName, Setup } from './wire/control-messages.ts';

const HELP = `npm run lab [-- COMMAND]

  (none)                     the whole cluster in the foreground; Ctrl-C ends it and leaves nothing
  up [--detach] [--scenario nat|dr] [--real-servers N] [--bare] [--kernel host|uml|debian-uml]
  exec NODE -- COMMAND ...   run a command on a node (node1 ... or its name); streams and exit code pass through
  status [--json]            kernel, nodes, agents, addresses
  logs [NODE]                what the node's programs, the console or the kernel said
  down                       end it; also cleans up after a lab that was killed

  --state DIR                where the lab keeps its things (default: .lab in the repository)
  --port PORT                where the console listens when that port is free (default: 8420)
  --bare                     the machines only, without agents and console
`;

const DEFAULT_STATE = fileURLToPath(new URL('../../../.lab', import.meta.url));

const say = (line: string) => void process.stdout.write(`${line}\n`);

/** Ours come before `--`; what follows belongs to the command that is run. */
function parse(args: readonly string[]) {
  const end = args.indexOf('--');
  const own = end < 0 ? args : args.slice(0, end);
  const parsed = parseArgs({
    args: [...own],
    allowPositionals: true,
    options: {
      state: { type: 'string', default: DEFAULT_STATE },
      scenario: { type: 'string', default: 'nat' },
      'real-servers': { type: 'string', default: '2' },
      kernel: { type: 'string' },
      detach: { type: 'boolean', default: false },
      bare: { type: 'boolean', default: false },
      port: { type: 'string', default: '8420' },
      json: { type: 'boolean', default: false },
      cwd: { type: 'string' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  return { ...parsed, rest: end < 0 ? [] : args.slice(end + 1) };
}

type Parsed = ReturnType<typeof parse>;

function upWish({ values }: Parsed): UpWish {
  return {
    place: placeOf(values.state),
    consolePort: z.coerce.number().int().min(0).max(65_535).parse(values.port),
    kernel: z
      .enum(kernelWishes)
      .nullable()
      .parse(values.kernel ?? null),
    setup: Setup.parse({
      scenario: ScenarioName.parse(values.scenario),
      realServers: Number(values['real-servers']),
      product: !values.bare,
    }),
  };
}

async function run(parsed: Parsed): Promise<number> {
  const { values, positionals, rest } = parsed;
  const place = placeOf(values.state);
  const [command = 'up', argument] = positionals;
  switch (values.help ? 'help' : command) {
    case 'up':
      if (!values.detach) return upHere(upWish(parsed), say);
      for (const line of describe(await upDetached(upWish(parsed), say))) say(line);
      return 0;
    case 'serve':
      return serve(JSON.parse(argument ?? ''));
    case 'exec':
      if (argument === undefined || rest.length === 0) throw new LabProblem('exec NODE -- COMMAND ...');
      return exec(place, { place: { kind: 'node', node: argument }, argv: rest, cwd: values.cwd ?? null });
    case 'status': {
      const status = LabStatus.parse(await askLab(place, { kind: 'status' }));
      for (const line of values.json ? [JSON.stringify(status, null, 2)] : describe(status)) say(line);
      return 0;
    }
    case 'logs':
      process.stdout.write(logs(place, argument ?? null));
      return 0;
    case 'down':
      say((await down(place)) ? 'the lab is down' : 'there was no lab');
      return 0;
    case 'help':
      say(HELP);
      return 0;
    default:
      throw new LabProblem(`there is no command ${command}; try help`);
  }
}

/** What a person can act on is said in one line; anything else is a defect and shows where it came from. */
function explain(error: unknown): string {
  if (error instanceof LabProblem || error instanceof NoLab) return error.message;
  if (error instanceof z.ZodError) return z.prettifyError(error);
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

try {
  process.exitCode = await run(parse(process.argv.slice(2)));
} catch (error) {
  process.stderr.write(`lab: ${explain(error)}\n`);
  process.exitCode = 1;
}
