import { readdirSync, readFileSync } from 'node:fs';
import { identityOf, type ProcessIdentity } from './process-identity.ts';

/** The first child of a process, waited for; null when the process ends without one. */
export async function childOf(parent: number, ended: Promise<void>): Promise<ProcessIdentity | null> {
  const over = new AbortController();
  void ended.then(() => over.abort());
  while (!over.signal.aborted) {
    const child = processIds().find((pid) => parentOf(pid) === parent);
    const identity = child === undefined ? null : identityOf(child);
    if (identity !== null) return identity;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  return null;
}

function processIds(): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number);
}

/** Field 4 of /proc/PID/stat (proc(5)); null when the process has gone meanwhile. */
function parentOf(pid: number): number | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
  } catch {
    return null;
  }
}
