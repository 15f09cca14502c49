// Which iptables this kernel understands: the legacy one, or the one over nf_tables. Found by trying, once.
import { type ProgramRun, runProgram } from '../host/program.ts';
import { KernelFailure } from '../netlink/failure.ts';

const variants = ['iptables', 'iptables-legacy', 'iptables-nft'] as const;
/** How long to wait for whoever else changes tables (seconds). */
const LOCK_SECONDS = '5';

export class Iptables {
  #variant: Promise<string> | null = null;

  /** Rules of a table as `iptables -S` prints them. @throws KernelFailure when no iptables works here. */
  async rules(table: string, ...chain: readonly string[]): Promise<string[]> {
    const { code, stdout, stderr } = await runProgram(await this.#chosen(), [
      '-w',
      LOCK_SECONDS,
      '-t',
      table,
      '-S',
      ...chain,
    ]);
    if (code !== 0) throw new KernelFailure('iptables -S', 'EIO', stderr.trim());
    return stdout.split('\n').filter((line) => line !== '');
  }

  /** Changes a table in one step, or not at all. @throws KernelFailure with what iptables complained of. */
  async change(table: string, lines: readonly string[]): Promise<void> {
    const input = [`*${table}`, ...lines, 'COMMIT', ''].join('\n');
    const program = `${await this.#chosen()}-restore`;
    const { code, stderr } = await runProgram(program, ['-w', LOCK_SECONDS, '--noflush'], { input });
    if (code !== 0) throw new KernelFailure(program, 'EINVAL', stderr.trim());
  }

  #chosen(): Promise<string> {
    this.#variant ??= choose().catch((error: unknown) => {
      // Installed later, it is found then.
      this.#variant = null;
      throw error;
    });
    return this.#variant;
  }
}

async function choose(): Promise<string> {
  let last: ProgramRun | KernelFailure = new KernelFailure('iptables', 'ENOENT');
  for (const variant of variants) {
    try {
      last = await runProgram(variant, ['-w', LOCK_SECONDS, '-t', 'mangle', '-S']);
      if (last.code === 0) return variant;
    } catch (error) {
      if (!(error instanceof KernelFailure)) throw error;
      last = last instanceof KernelFailure ? error : last;
    }
  }
  if (last instanceof KernelFailure)
    throw new KernelFailure(
      'iptables',
      last.errno,
      'packet marks need iptables, which does not run here (Debian package iptables)',
    );
  throw new KernelFailure('iptables', 'ENOTSUP', last.stderr.trim());
}
