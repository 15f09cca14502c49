// iptables in its two kinds: over nf_tables, and the legacy one. A kernel may have either or both, and both count.
import { readFile } from 'node:fs/promises';
import { type ProgramRun, runProgram } from '../host/program.ts';
import { KernelFailure } from '../netlink/failure.ts';

/** The machine's own choice first. */
const forChanges = ['iptables', 'iptables-legacy', 'iptables-nft'] as const;
/** How long to wait for whoever else changes tables (seconds). */
const lock = ['-w', '5'] as const;

const notHere = 'packet filter rules need iptables, which does not run here (Debian package iptables)';

export class Iptables {
  /** The kind that this kernel took a change by. */
  #taken: string | null = null;

  /**
   * Rules of a table as `iptables -S` prints them, of both kinds.
   * @throws KernelFailure when no iptables works here.
   */
  async rules(table: string, ...chain: readonly string[]): Promise<string[]> {
    const read = ['-t', table, '-S', ...chain];
    // The legacy kind sets a table up by looking at it, and connection tracking with the one for NAT.
    const legacy = (await isSetUp(table)) ? [...lock, ...read] : ['--version'];
    const runs = await Promise.all([
      ranOrNull('iptables-nft', [...lock, ...read]),
      ranOrNull('iptables-legacy', legacy).then((run) =>
        run !== null && legacy.includes('--version') ? { ...run, stdout: '' } : run,
      ),
    ]);
    const good = runs.filter((run) => run?.code === 0);
    if (good.length === 0) {
      const only = await runProgram('iptables', [...lock, ...read]);
      if (only.code !== 0) throw new KernelFailure('iptables -S', 'EIO', only.stderr.trim());
      good.push(only);
    }
    return good.flatMap((run) => (run?.stdout ?? '').split('\n').filter((line) => line !== ''));
  }

  /** Changes a table in one step, or not at all. @throws KernelFailure with what iptables complained of. */
  async change(table: string, lines: readonly string[]): Promise<void> {
    const input = [`*${table}`, ...lines, 'COMMIT', ''].join('\n');
    let complaint = notHere;
    for (const kind of this.#taken === null ? forChanges : [this.#taken]) {
      const run = await ranOrNull(`${kind}-restore`, [...lock, '--noflush'], input);
      if (run?.code === 0) {
        this.#taken = kind;
        return;
      }
      if (run !== null) complaint = run.stderr.trim().split('\n')[0] ?? complaint;
    }
    throw new KernelFailure('iptables-restore', complaint === notHere ? 'ENOENT' : 'EINVAL', complaint);
  }
}

/** Whether this network namespace has a legacy table. */
async function isSetUp(table: string): Promise<boolean> {
  const tables = await readFile('/proc/net/ip_tables_names', 'utf8').catch(() => '');
  return tables.split('\n').includes(table);
}

async function ranOrNull(program: string, args: readonly string[], input = ''): Promise<ProgramRun | null> {
  try {
    return await runProgram(program, args, { input });
  } catch (error) {
    if (error instanceof KernelFailure && error.errno === 'ENOENT') return null;
    throw error;
  }
}
