import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const execute = promisify(execFile);

/** What a program prints. Throws with what it complained of when it fails. */
export async function output(program: string, ...args: readonly string[]): Promise<string> {
  const { stdout } = await execute(program, args, { maxBuffer: 1 << 26 });
  return stdout;
}

/** The lines that a program prints, without empty ones. */
export const linesOf = async (program: string, ...args: readonly string[]): Promise<string[]> =>
  (await output(program, ...args)).split('\n').filter((line) => line !== '');

/** What `ip -j` prints; the caller says what that is. */
export const ipJson = async <T>(...args: readonly string[]): Promise<T> =>
  JSON.parse(await output('ip', '-j', ...args)) as T;

/** The kinds of iptables that this kernel has tables for. What the product takes for its own rules comes first. */
export async function iptablesKinds(): Promise<string[]> {
  const kinds: string[] = [];
  for (const kind of ['iptables-nft', 'iptables-legacy'])
    if (
      await output(kind, '-S').then(
        () => true,
        () => false,
      )
    )
      kinds.push(kind);
  return kinds;
}
