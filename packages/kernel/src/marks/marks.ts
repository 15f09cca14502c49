// Packet marks in a chain of our own in mangle, jumped to from PREROUTING (what comes in) and OUTPUT (what starts here).
import { type HostMark, markChain, objectKey } from '@signalbox/cluster';
import { KernelFailure } from '../netlink/failure.ts';
import type { Iptables } from './iptables.ts';
import { markRule, parseMarkRule } from './mark-rule.ts';

const hooks = ['PREROUTING', 'OUTPUT'] as const;
const keyOf = (mark: HostMark) => objectKey({ kind: 'mark', mark });

/** Asked of the kernel, which takes a program; or as this process read or left them last, where it knows. */
export type MarksLook = 'asked' | 'asLeft';

export interface MarkChange {
  readonly kind: 'addMark' | 'deleteMark';
  readonly mark: HostMark;
}

/** What there is of ours in mangle. */
interface Seen {
  /** By the clock of `performance`: asked of the kernel, or left so by us. */
  readonly at: number;
  readonly chain: boolean;
  readonly jumps: ReadonlySet<(typeof hooks)[number]>;
  /** Those in force: what no packet comes to, because somebody took a jump away, marks nothing. */
  readonly marks: readonly HostMark[];
}

/** Plans are made by what was read just before: it need not be read once more to add to it. */
const HOLDS_MS = 2000;

const isNothing = ({ chain, jumps }: Seen) => !chain && jumps.size === 0;

/** Nobody else's rules are touched, and an empty chain leaves no trace. */
export class Marks {
  readonly #iptables: Iptables;
  /** What is known of our chain: nobody else puts something into it. */
  #known: 'unknown' | 'empty' | 'filled' = 'unknown';
  /** The one kind of tables that has our chain, when this process put it there; null: any kind may have it. */
  #kind: string | null = null;
  /** As it was read or left last; null: not known. */
  #seen: Seen | null = null;

  constructor(iptables: Iptables) {
    this.#iptables = iptables;
  }

  /**
   * None where no iptables works: then we have put none there. @throws KernelFailure when there are some and they cannot
   * be read, or somebody else holds the lock: what we forgot would stay for ever.
   */
  async read(look: MarksLook = 'asked'): Promise<HostMark[]> {
    if (this.#known === 'empty') return [];
    if (look === 'asLeft' && this.#seen !== null) return [...this.#seen.marks];
    try {
      const { marks } = await this.#look();
      this.#known = marks.length === 0 ? 'empty' : 'filled';
      return [...marks];
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
    const remembered = this.#remembered(changes);
    if (remembered !== null)
      try {
        return await this.#changeFrom(remembered, changes, removedByName);
      } catch (error) {
        // Nothing was done. Somebody may have been there since.
        if (!(error instanceof KernelFailure) || error.errno === 'ETIMEDOUT') throw error;
      }
    await this.#changeFrom(await this.#look(), changes, removedWhole);
  }

  /**
   * What was seen last, where it can be built on: that nothing of ours is there, what was read a moment ago, and all of it
   * when all of it goes, because what is not there any more cannot go by its name.
   */
  #remembered(changes: readonly MarkChange[]): Seen | null {
    const seen = this.#seen;
    if (seen === null) return null;
    const allGoes =
      changes.every(({ kind }) => kind === 'deleteMark') && changes.length === seen.marks.length;
    return allGoes || isNothing(seen) || performance.now() - seen.at < HOLDS_MS ? seen : null;
  }

  async #changeFrom(seen: Seen, changes: readonly MarkChange[], removed: Removal): Promise<void> {
    const { marks, jumps, chain } = seen;
    const after = new Map(marks.map((mark) => [keyOf(mark), mark]));
    for (const { kind, mark } of changes) {
      const isThere = after.has(keyOf(mark));
      if (isThere === (kind === 'addMark')) throw new KernelFailure(kind, isThere ? 'EEXIST' : 'ENOENT');
      if (kind === 'addMark') after.set(keyOf(mark), mark);
      else after.delete(keyOf(mark));
    }
    const left = [...after.values()];
    this.#known = 'filled';
    this.#seen = null;
    if (left.length === 0 && chain)
      await this.#iptables.change('mangle', [
        ...[...jumps].map((hook) => `-D ${hook} -j ${markChain}`),
        ...removed(marks),
        `-X ${markChain}`,
      ]);
    else if (left.length > 0)
      await this.#iptables.change('mangle', [
        // Made, or emptied if it is there.
        `:${markChain} - [0:0]`,
        ...left.map((mark) => markRule('-A', mark)),
        ...hooks.filter((hook) => !jumps.has(hook)).map((hook) => `-A ${hook} -j ${markChain}`),
      ]);
    if (isNothing(seen)) this.#kind = this.#iptables.taken;
    const isLeft = left.length > 0;
    this.#seen = { at: performance.now(), chain: isLeft, jumps: new Set(isLeft ? hooks : []), marks: left };
  }

  async #look(): Promise<Seen> {
    const at = performance.now();
    const kind = this.#kind;
    const lines = await (kind === null
      ? this.#iptables.rules('mangle')
      : this.#iptables.rulesOf(kind, 'mangle'));
    const jumps = hooks.filter((hook) => lines.includes(`-A ${hook} -j ${markChain}`));
    this.#seen = {
      at,
      chain: lines.includes(`-N ${markChain}`),
      jumps: new Set(jumps),
      marks: jumps.length < hooks.length ? [] : lines.flatMap((line) => parseMarkRule(line) ?? []),
    };
    return this.#seen;
  }
}

/** How the rules of our chain go when the chain does. */
type Removal = (marks: readonly HostMark[]) => string[];

/** One by one, each as we left it: where one is missing, or another is there, nothing goes and iptables says so. */
const removedByName: Removal = (marks) => marks.map((mark) => markRule('-D', mark));

/** Whatever is in it. */
const removedWhole: Removal = () => [`-F ${markChain}`];
