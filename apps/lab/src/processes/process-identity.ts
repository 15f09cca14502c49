import { readFileSync } from 'node:fs';
import * as z from 'zod';

/** A process that cannot be mistaken for a later one with the same number. */
export const ProcessIdentity = z.object({
  pid: z.int().positive(),
  /** Ticks since boot at its start: field 22 of /proc/PID/stat (proc(5)). */
  startTicks: z.string(),
  bootId: z.string(),
});
export type ProcessIdentity = z.infer<typeof ProcessIdentity>;

/** Who this process is now; null when there is none, or only its remains. */
export function identityOf(pid: number): ProcessIdentity | null {
  const startTicks = startTicksIn(readOrNull(`/proc/${pid}/stat`));
  const bootId = readOrNull('/proc/sys/kernel/random/boot_id')?.trim();
  return startTicks === null || bootId === undefined ? null : { pid, startTicks, bootId };
}

/** Whether that very process still runs. */
export function isAlive(identity: ProcessIdentity): boolean {
  const now = identityOf(identity.pid);
  return now !== null && now.startTicks === identity.startTicks && now.bootId === identity.bootId;
}

/** The program's name may contain spaces and parentheses: fields are counted after the last one. Zombies do not run. */
export function startTicksIn(stat: string | null): string | null {
  if (stat === null) return null;
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [state, startTicks] = [fields[0], fields[19]];
  return state === 'Z' || state === 'X' || startTicks === undefined ? null : startTicks;
}

function readOrNull(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}
