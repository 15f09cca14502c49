// iptables in its two kinds: over nf_tables, and the legacy one. A kernel may have either or both, and both count.
import { readFile } from 'node:fs/promises';
import { type ProgramRun, runProgram } from '../host/program.ts';
import { KernelFailure } from '../netlink/failure.ts';
import type { NfTables } from './nf-tables.ts';

/** The machine's own choice first. */
const forChanges = ['iptables', 'iptables-legacy', 'iptables-nft'] as const;
/** For a table that nf_tables were seen not to have in this kernel, though the machine's choice may be for them. */
const withoutNft = ['iptables-legacy', 'iptables', 'iptables-nft'] as const;
/** How long to wait for whoever else changes tables (seconds). */
const lock = ['-w', '5'] as const;

const notHere = 'packet filter rules need iptables, which does not run here (Debian package iptables)';

export class Iptables {
  readonly #nfTables: Pick<NfTables, 'mayHave'> | null;
  #taken: string | null = null;
  readonly #notInNft = new Set<string>();

  /** @param nfTables tells which tables there are without a program; null: always ask a program */
  constructor(nfTables: Pick<NfTables, 'mayHave'> | null = null) {
    this.#nfTables = nfTables;
  }

  /** The kind that this kernel took a change by. */
  get taken(): string | null {
    return this.#taken;
  }

  /**
   * Rules of a table as `iptables -S` prints them, of both kinds. A legacy table is read where the kernel has it already:
   * asking for it would make it, and that of `nat` would begin to track connections.
   * @throws KernelFailure when no iptables works here: ENOENT where there is none.
   */
  async rules(table: string, ...chain: readonly string[]): Promise<string[]> {
    const read = [...lock, '-t', table, '-S', ...chain];
    const hasLegacy = (await legacyTables()).includes(table);
    const runs = await Promise.all([
      ranOrNull('iptables-nft', read),
      hasLegacy ? ranOrNull('iptables-legacy', read) : null,
    ]);
    if (runs[0] !== null && isNotInKernel(runs[0])) this.#notInNft.add(table);
    else this.#notInNft.delete(table);
    const found = runs.filter((run) => run !== null).filter((run) => !isNotInKernel(run));
    // Before there were two kinds there was one name.
    if (found.length === 0 && (hasLegacy || runs[0] === null))
      found.push(await runProgram('iptables', hasLegacy ? read : ['--version']));
    return found.flatMap(linesOf);
  }

  /** The same, and no program is started for a table that neither kind has. @throws KernelFailure as `rules`. */
  async rulesIfAny(table: string): Promise<string[]> {
    const [legacy, nft] = await Promise.all([legacyTables(), this.#nfTables?.mayHave(table) ?? true]);
    return nft || legacy.includes(table) ? this.rules(table) : [];
  }

  /** The same of one kind only. @throws KernelFailure as `rules`. */
  async rulesOf(kind: string, table: string): Promise<string[]> {
    const run = await runProgram(kind, [...lock, '-t', table, '-S']);
    return isNotInKernel(run) ? [] : linesOf(run);
  }

  /** Changes a table in one step, or not at all. @throws KernelFailure with what iptables complained of. */
  async change(table: string, lines: readonly string[]): Promise<void> {
    const input = [`*${table}`, ...lines, 'COMMIT', ''].join('\n');
    let complaint = notHere;
    for (const kind of this.#kindsFor(table)) {
      const run = await ranOrNull(`${kind}-restore`, [...lock, '--noflush'], input);
      if (run?.code === 0) {
        this.#taken = kind;
        return;
      }
      if (run !== null) complaint = run.stderr.trim().split('\n')[0] ?? complaint;
    }
    throw new KernelFailure('iptables-restore', complaint === notHere ? 'ENOENT' : 'EINVAL', complaint);
  }

  #kindsFor(table: string): readonly string[] {
    if (this.#taken !== null) return [this.#taken];
    return this.#notInNft.has(table) ? withoutNft : forChanges;
  }
}

async function ranOrNull(program: string, args: readonly string[], input = ''): Promise<ProgramRun | null> {
  try {
    return await runProgram(program, args, { input });
  } catch (error) {
    if (error instanceof KernelFailure && error.errno === 'ENOENT') return null;
    throw error;
  }
}

/** Of this network namespace (proc_net); none where the kernel has no ip_tables. */
async function legacyTables(): Promise<string[]> {
  try {
    return (await readFile('/proc/net/ip_tables_names', 'utf8')).split('\n');
  } catch {
    return [];
  }
}

/** The program is there for a kind of tables that this kernel has not. */
const isNotInKernel = ({ code, stderr }: ProgramRun): boolean =>
  code !== 0 && /not supported|generation id|Table does not exist/.test(stderr);

/** xtables' exit code when somebody else holds the lock for too long. */
const LOCKED = 4;

function linesOf({ code, stdout, stderr }: ProgramRun): string[] {
  if (code !== 0)
    throw new KernelFailure('iptables -S', code === LOCKED ? 'EAGAIN' : 'EIO', stderr.trim().split('\n')[0]);
  return stdout.split('\n').filter((line) => line.startsWith('-'));
}
