// The console's command line, as an operator types it beside the screens.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { Topology } from '@signalbox/cluster';
import * as z from 'zod';
import type { ConsoleAccess } from '../src/wire/control-messages.ts';

const CLI = fileURLToPath(new URL('../../console/cli.ts', import.meta.url));

const Status = z.object({
  cluster: z.object({
    revision: z.number(),
    topology: Topology,
    changes: z.array(z.unknown()),
    switchId: z.string().nullable(),
  }),
  nodes: z.record(z.string(), z.looseObject({ kind: z.string() })),
});

export interface CommandEnd {
  readonly code: number;
  /** The value, as JSON. */
  readonly printed: string;
  /** Why it did not end as asked, for people. */
  readonly said: string;
}

export interface ConsoleCommand extends Disposable {
  /** Runs `cli.ts COMMAND ... --json`. */
  run(...args: readonly string[]): Promise<CommandEnd>;
  status(): Promise<z.infer<typeof Status>>;
  save(topology: Topology): Promise<void>;
  /** Saves what `edit` makes of the draft, and applies it. Throws when either is refused. */
  editAndApply(edit: (topology: Topology) => Topology): Promise<void>;
}

export function consoleCommand(access: ConsoleAccess): ConsoleCommand {
  const folder = mkdtempSync(join(tmpdir(), 'signalbox-console-'));
  const password = join(folder, 'password');
  writeFileSync(password, access.password, { mode: 0o600 });
  const signIn = ['--url', access.url, '--email', access.email, '--password-file', password];

  const run: ConsoleCommand['run'] = async (...args) => {
    const child = spawn(
      process.execPath,
      [
        '--disable-warning=ExperimentalWarning',
        CLI,
        ...args,
        ...signIn,
        '--cluster',
        access.clusterId,
        '--json',
      ],
      { stdio: ['ignore', 'pipe', 'pipe'] },
    );
    const [printed, said, [code]] = await Promise.all([
      text(child.stdout),
      text(child.stderr),
      once(child, 'close'),
    ]);
    return { code: Number(code), printed, said };
  };
  const must = async (...args: readonly string[]) => {
    const { code, printed, said } = await run(...args);
    if (code !== 0) throw new Error(`${args.join(' ')} ended with ${code}: ${said}`);
    return printed;
  };
  const status = async () => Status.parse(JSON.parse(await must('status')));
  const save = async (topology: Topology) => {
    const file = join(folder, 'topology.json');
    writeFileSync(file, JSON.stringify(topology));
    await must('save', file);
  };
  return {
    run,
    status,
    save,
    editAndApply: async (edit) => {
      await save(edit((await status()).cluster.topology));
      await must('apply');
    },
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }),
  };
}
