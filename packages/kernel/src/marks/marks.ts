// Packet marks in a chain of our own in mangle, jumped to from PREROUTING (what comes in) and OUTPUT (what starts here).
import { type HostMark, markChain, objectKey } from '@signalbox/cluster';
import { KernelFailure } from '../netlink/failure.ts';
import type { Iptables } from './iptables.ts';
import { markRule, parseMarkRule } from './mark-rule.ts';

const hooks = ['PREROUTING', 'OUTPUT'] as const;
const keyOf = (mark: HostMark) => objectKey({ kind: 'mark', mark });

export interface MarkChange {
  readonly kind: 'addMark' | 'deleteMark';
  readonly mark: HostMark;
}

/** Nobody else's rules are touched, and an empty chain leaves no trace. */
export class Marks {
  readonly #iptables: Iptables;
  /** What is known of our chain: nobody else puts something into it. */
  #known: 'unknown' | 'empty' | 'filled' = 'unknown';

  constructor(iptables: Iptables) {
    this.#iptables = iptables;
  }

  /**
   * None where no iptables works: then we have put none there. @throws KernelFailure when there are some and they cannot
   * be read, or somebody else holds the lock: what we forgot would stay for ever.
   */
  async read(): Promise<HostMark[]> {
    if (this.#known === 'empty') return [];
    try {
      const { marks } = await this.#look();
      this.#known = marks.length === 0 ? 'empty' : 'filled';
      return marks;
    } catch (error) {
      if (!(error instanceof KernelFailure) || this.#known === 'filled' || error.errno === 'EAGAIN')
        throw error;
      if (error.errno === 'ENOENT') this.#known = 'empty';
      return [];
    }
  }

  /**
   * All changes in one step, or none of them. @throws KernelFailure: EEXIST for a mark that is there, ENOENT for one that
   * is not, and whatever iptables says.
   */
  async change(changes: readonly MarkChange[]): Promise<void> {
    const { marks, jumps, chain } = await this.#look();
    const after = new Map(marks.map((mark) => [keyOf(mark), mark]));
    for (const { kind, mark } of changes) {
      const isThere = after.has(keyOf(mark));
      if (isThere === (kind === 'addMark')) throw new KernelFailure(kind, isThere ? 'EEXIST' : 'ENOENT');
      if (kind === 'addMark') after.set(keyOf(mark), mark);
      else after.delete(keyOf(mark));
    }
    this.#known = 'filled';
    if (after.size > 0)
      await this.#iptables.change('mangle', [
        // Made, or emptied if it is there.
        `:${markChain} - [0:0]`,
        ...[...after.values()].map(markRule),
        ...hooks.filter((hook) => !jumps.has(hook)).map((hook) => `-A ${hook} -j ${markChain}`),
      ]);
    else if (chain)
      await this.#iptables.change('mangle', [
        ...[...jumps].map((hook) => `-D ${hook} -j ${markChain}`),
        `-F ${markChain}`,
        `-X ${markChain}`,
      ]);
  }

  async #look() {
    const lines = await this.#iptables.rules('mangle');
    return {
      chain: lines.includes(`-N ${markChain}`),
      jumps: new Set(hooks.filter((hook) => lines.includes(`-A ${hook} -j ${markChain}`))),
      marks: lines.flatMap((line) => parseMarkRule(line) ?? []),
    };
  }
}
