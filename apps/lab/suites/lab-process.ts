// The lab's command as a person types it, in a place of its own.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

const CLI = fileURLToPath(new URL('../src/cli.ts', import.meta.url));

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs `npm run lab -- ...args` without npm. */
export async function lab(args: readonly string[], input = ''): Promise<Ended> {
  const child = spawn(process.execPath, [CLI, ...args], { stdio: 'pipe' });
  child.stdin.end(input);
  const [stdout, stderr, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close'),
  ]);
  return { code, stdout, stderr };
}

/** The same while it runs, its output unread. */
export function labRunning(args: readonly string[]) {
  const child = spawn(process.execPath, [CLI, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = Promise.all([text(child.stderr), once(child, 'close')]).then(
    ([stderr, [code]]: [string, unknown[]]) => ({ code, stderr }),
  );
  return { child, ended };
}

/** A foreground lab: the child and the moment it says it is up. */
export function labInForeground(args: readonly string[]) {
  const child = spawn(process.execPath, [CLI, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  const up = new Promise<void>((resolve, reject) => {
    child.stdout.on('data', (chunk: Buffer) => {
      if (chunk.includes('Ctrl-C')) resolve();
    });
    child.once('exit', () => reject(new Error('the lab ended before it was up')));
  });
  return { child, up };
}

/** A state folder that does not exist yet and is gone afterwards. */
export function scratchState(name = 'state') {
  const parent = mkdtempSync(join(tmpdir(), 'lab-test-'));
  return {
    folder: join(parent, name),
    [Symbol.asyncDispose]: async () => {
      await lab(['down', '--state', join(parent, name)]);
      rmSync(parent, { recursive: true, force: true });
    },
  };
}
