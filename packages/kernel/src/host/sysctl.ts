import { constants, readFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import type { HostSysctl } from '@signalbox/cluster';
import { KernelFailure } from '../netlink/failure.ts';

const root = '/proc/sys';
const notThere: ReadonlySet<string> = new Set(['ENOENT', 'ENOTDIR', 'ENAMETOOLONG']);

/**
 * The file of a sysctl, or null for a name that cannot be one. Dots separate; a slash stands for a dot inside a part, as
 * in `net.ipv4.conf.eth0/100.rp_filter` (sysctl(8)). No name leads out of /proc/sys.
 */
export function sysctlPath(name: string): string | null {
  const parts = name.split('.').map((part) => part.replaceAll('/', '.'));
  const sound = parts.every((part) => part !== '' && !/^\.+$/.test(part) && !part.includes('\0'));
  return sound && parts.length > 1 ? [root, ...parts].join('/') : null;
}

/**
 * The value, or null when there is no such sysctl here. Throws `KernelFailure`. The kernel answers from memory: to hand
 * the read to another thread would take many times as long as the read, and a look at a host is dozens of them.
 */
export function readSysctl(name: string): string | null {
  const path = sysctlPath(name);
  if (path === null) return null;
  try {
    return normal(readFileSync(path, 'utf8'));
  } catch (error) {
    const errno = errnoOfFile(error);
    if (notThere.has(errno)) return null;
    throw new KernelFailure(`read ${name}`, errno);
  }
}

/** Those of the named sysctls that exist, each once. Throws `KernelFailure`. */
export function readSysctls(names: readonly string[]): HostSysctl[] {
  return [...new Set(names)].flatMap((name) => {
    const value = readSysctl(name);
    return value === null ? [] : [{ name, value }];
  });
}

/** Writes a value. Throws `KernelFailure`: ENOENT for a name that is not there, EINVAL for a value that does not fit. */
export async function writeSysctl(name: string, value: string): Promise<void> {
  const command = `write ${name}`;
  const path = sysctlPath(name);
  if (path === null) throw new KernelFailure(command, 'ENOENT');
  // The kernel takes nothing for "no change", and the first line for all of it.
  if (value.trim() === '' || value.includes('\n')) throw new KernelFailure(command, 'EINVAL');
  try {
    // Never made when missing, and not read: some may only be written.
    const file = await open(path, constants.O_WRONLY);
    try {
      await file.write(value);
    } finally {
      await file.close();
    }
  } catch (error) {
    throw new KernelFailure(command, errnoOfFile(error));
  }
}

/** Numbers of one value are separated by tabs when read, and by what one likes when written. */
const normal = (value: string): string => value.trim().replaceAll(/\s+/g, ' ');

function errnoOfFile(error: unknown): string {
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') return error.code;
  throw new Error('a file of /proc/sys failed in an unknown way', { cause: error });
}
