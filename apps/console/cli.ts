// The command line of the console: sets up a data folder, and works with a running console without a browser.
import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { Topology } from '@signalbox/cluster';
import { isTRPCClientError } from '@trpc/client';
import * as z from 'zod';
import type { ConsoleRouter } from './src/api/root.ts';
import { type Answer, apply, preview, save, status } from './src/cli/commands.ts';
import { ProvisionFile, provision } from './src/cli/provision.ts';
import { NoConsole, remoteConsole } from './src/cli/remote-console.ts';
import { type SwitchWord, switchServices, switchWords, tellSwitch } from './src/cli/switch-command.ts';
import { DataFolderInUse } from './src/server/process/data-folder.ts';
import { asksForHelp } from './src/server/process/help.ts';
import { ConsoleRefusal } from './src/server/refusal.ts';

const usage = `Usage:
  node cli.ts provision FILE.json --data FOLDER
      sets up a new data folder; prints {clusterId, ca, tokens, administrator} as JSON
  node cli.ts preview|apply|status [--cluster ID] SIGN-IN [--json]
  node cli.ts save FILE.json [--cluster ID] SIGN-IN [--json]
  node cli.ts switch --to nat|dr [--service ID ...] [--keep-both|--until-flipped]
      [--confirm-within SECONDS] [--cluster ID] SIGN-IN [--json]
      under load, without losing a connection; --keep-both stays ready to go back at once, --until-flipped does not
      wait for the old connections to end; with --confirm-within it is undone unless it is told to stay in time
  node cli.ts tell-switch confirm|go-back|go-on|keep-both|drain|cut-now [--cluster ID] SIGN-IN [--json]
      what the switch that is under way is to do
--json prints the answer as a value; if it is not as asked, standard error says why.
SIGN-IN: --email E --password-file FILE [--url http://127.0.0.1:8420]
Exit codes: 0 as asked, 1 failed, 2 wrong usage, 3 refused and nothing changed, 4 stopped half-way`;

class WrongUsage extends Error {}

async function main(args: string[]): Promise<number> {
  if (asksForHelp(args)) {
    console.log(usage);
    return 0;
  }
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      data: { type: 'string' },
      url: { type: 'string', default: 'http://127.0.0.1:8420' },
      email: { type: 'string' },
      'password-file': { type: 'string' },
      cluster: { type: 'string' },
      to: { type: 'string' },
      service: { type: 'string', multiple: true, default: [] },
      'keep-both': { type: 'boolean', default: false },
      'until-flipped': { type: 'boolean', default: false },
      'confirm-within': { type: 'string' },
      json: { type: 'boolean', default: false },
    },
  });
  const [command, file] = positionals;
  if (command === 'provision') {
    const contents = await readJson(file, ProvisionFile);
    console.log(JSON.stringify(await provision(needed('--data', values.data), contents), null, 2));
    return 0;
  }
  const run = commands[command ?? ''];
  if (!run)
    throw new WrongUsage(command === undefined ? 'Say what to do.' : `There is no command ${command}.`);
  const remote = await remoteConsole({
    url: values.url,
    email: needed('--email', values.email),
    password: (await readFile(needed('--password-file', values['password-file']), 'utf8')).trimEnd(),
  });
  const clusterId = values.cluster ?? onlyOne(await remote.clusters.list.query());
  const wish = {
    to: values.to,
    services: values.service,
    keepBoth: values['keep-both'],
    untilFlipped: values['until-flipped'],
    confirmWithin: secondsOf(values['confirm-within']),
  };
  const answer = await run({ remote, clusterId, file, wish });
  const lines = answer.lines.join('\n');
  console.log(values.json ? JSON.stringify(answer.value, null, 2) : lines);
  if (values.json && answer.code !== 0) console.error(lines);
  return answer.code;
}

interface Run {
  readonly remote: Awaited<ReturnType<typeof remoteConsole>>;
  readonly clusterId: string;
  readonly file: string | undefined;
  readonly wish: {
    readonly to: string | undefined;
    readonly services: readonly string[];
    readonly keepBoth: boolean;
    readonly untilFlipped: boolean;
    readonly confirmWithin: number | null;
  };
}

const commands: Readonly<Record<string, (run: Run) => Promise<Answer>>> = {
  preview: ({ remote, clusterId }) => preview(remote, clusterId),
  apply: ({ remote, clusterId }) => apply(remote, clusterId),
  status: ({ remote, clusterId }) => status(remote, clusterId),
  save: async ({ remote, clusterId, file }) => save(remote, clusterId, await readJson(file, Topology)),
  'tell-switch': ({ remote, clusterId, file }) => tellSwitch(remote, clusterId, wordOf(file)),
  switch: ({ remote, clusterId, wish }) =>
    switchServices(remote, { ...wish, clusterId, to: methodOf(needed('--to', wish.to)) }),
};

function secondsOf(text: string | undefined): number | null {
  if (text === undefined) return null;
  if (!/^\d{2,4}$/.test(text)) throw new WrongUsage('--confirm-within takes seconds, from 10 to 3600.');
  return Number(text);
}

function wordOf(text: string | undefined): SwitchWord {
  const words = Object.keys(switchWords) as SwitchWord[];
  const word = words.find((candidate) => candidate === text);
  if (word === undefined) throw new WrongUsage(`tell-switch takes one of ${words.join(', ')}.`);
  return word;
}

function methodOf(word: string): 'masq' | 'gate' {
  if (word === 'nat') return 'masq';
  if (word === 'dr') return 'gate';
  throw new WrongUsage(`--to is nat or dr, not ${word}.`);
}

function needed(option: string, value: string | undefined): string {
  if (value === undefined) throw new WrongUsage(`${option} is needed.`);
  return value;
}

function onlyOne(clusters: readonly { id: string }[]): string {
  const [first, second] = clusters;
  if (!first || second) throw new WrongUsage('Say which cluster: --cluster ID.');
  return first.id;
}

async function readJson<T>(path: string | undefined, schema: z.ZodType<T>): Promise<T> {
  if (path === undefined) throw new WrongUsage('A file is needed.');
  const parsed = schema.safeParse(JSON.parse(await readFile(path, 'utf8')));
  if (!parsed.success) throw new WrongUsage(`${path} is not right:\n${z.prettifyError(parsed.error)}`);
  return parsed.data;
}

/** What the console or the folder refused is not a failure of the program. */
function exitCodeOf(error: unknown): 1 | 2 | 3 {
  // parseArgs says what is wrong with the options in a TypeError with a code.
  if (error instanceof WrongUsage || (error instanceof TypeError && 'code' in error)) return 2;
  if (error instanceof ConsoleRefusal || error instanceof DataFolderInUse) return 3;
  return isTRPCClientError<ConsoleRouter>(error) && error.data && error.data.httpStatus < 500 ? 3 : 1;
}

function report(error: unknown): number {
  const code = exitCodeOf(error);
  const known = code !== 1 || error instanceof NoConsole || isTRPCClientError(error);
  console.error(known && error instanceof Error ? error.message : error);
  if (code === 2) console.error(`\n${usage}`);
  return code;
}

process.exitCode = await main(process.argv.slice(2)).catch(report);
