// Programs that are run to their end, by argument array.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';

/** What a command needs to find programs, whatever the environment it was started from. */
export const SYSTEM_PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/** Where a program is, or null when it is not installed. */
export const programAt = (name: string): string | null =>
  SYSTEM_PATH.split(':')
    .map((folder) => `${folder}/${name}`)
    .find((file) => existsSync(file)) ?? null;

/** Runs `ip -batch` over the lines; throws with what ip said when a line fails. */
export async function ipBatch(lines: readonly string[], options: { force?: boolean } = {}): Promise<void> {
  if (lines.length === 0) return;
  const force = options.force === true ? ['-force'] : [];
  const child = spawn('ip', [...force, '-batch', '-'], { stdio: ['pipe', 'ignore', 'pipe'] });
  const said: Buffer[] = [];
  child.stderr.on('data', (chunk: Buffer) => said.push(chunk));
  child.stdin.on('error', () => undefined);
  child.stdin.end(`${lines.join('\n')}\n`);
  const [code] = await once(child, 'close');
  if (code !== 0 && options.force !== true)
    throw new Error(`ip -batch: ${Buffer.concat(said).toString().trim()}`);
}
