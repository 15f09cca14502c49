// Who answers ARP for a VIP beside its director. Whoever takes his time is listened for before hosts are prepared.
import type { ArpInput } from '@signalbox/agent-api';
import {
  type ArpOutcome,
  type ArpQuestion,
  arpQuestions,
  preparesBystanders,
  type SwitchOrder,
  type Topology,
} from '@signalbox/cluster';
import type { NodeLinks } from './node-links.ts';

/** As long as what a preflight shows; what began before is begun again. */
const FRESH_MS = 15_000;
/** And then hosts prepare. */
const HOLDS_MS = 30_000;

/** Whose VIPs, in which cluster, and how its agents are asked. */
export interface Asking {
  readonly clusterId: string;
  readonly topology: Topology;
  readonly order: SwitchOrder;
  readonly links: NodeLinks;
}

interface Early {
  readonly at: number;
  readonly heard: Promise<readonly ArpOutcome[]>;
}

/** What directors hear. */
export class ArpSilence {
  readonly #now: () => Date;
  /** By cluster and questions. */
  readonly #early = new Map<string, Early>();

  constructor(now: () => Date) {
    this.#now = now;
  }

  /**
   * Listens for a whole second to those whom getting ready does not change: hosts that are not in the drawing, and
   * proxies, which answer late. To be called when a switch is looked at, and at the latest when hosts begin to prepare.
   */
  listen(asking: Asking): void {
    const { topology, order, links } = asking;
    const questions = arpQuestions(topology, order);
    if (questions.length === 0 || preparesBystanders(topology, order)) return;
    this.#forget();
    const key = keyOf(asking, questions);
    const early = this.#early.get(key);
    if (early !== undefined && this.#age(early) < FRESH_MS) return;
    const heard = askAll(questions, 'second', links);
    // It throws where it is awaited.
    heard.catch(() => undefined);
    this.#early.set(key, { at: this.#now().getTime(), heard });
  }

  /**
   * Asks when hosts are prepared. Where nobody answered before, only they can answer now, and at once. A director that
   * cannot be asked has no canaries either, which is said.
   */
  async ask(asking: Asking): Promise<readonly ArpOutcome[]> {
    const { topology, order, links } = asking;
    const questions = arpQuestions(topology, order);
    const early = this.#take(keyOf(asking, questions));
    if (early !== null) {
      const [before, after] = await Promise.all([early.heard, askAll(questions, 'shortly', links)]);
      if (isSilent(before) || !isSilent(after)) return after;
    }
    return askAll(questions, 'second', links);
  }

  /** Each listening is for one proof. */
  #take(key: string): Early | null {
    const early = this.#early.get(key);
    this.#early.delete(key);
    return early !== undefined && this.#age(early) < HOLDS_MS ? early : null;
  }

  #forget(): void {
    for (const [key, early] of this.#early) if (this.#age(early) >= HOLDS_MS) this.#early.delete(key);
  }

  #age({ at }: Early): number {
    return this.#now().getTime() - at;
  }
}

/** Nobody but the director answered, and that is certain. */
export const isSilent = (outcomes: readonly ArpOutcome[]): boolean =>
  outcomes.every(({ replies }) => replies?.length === 0);

const keyOf = ({ clusterId }: Asking, questions: readonly ArpQuestion[]): string =>
  JSON.stringify([clusterId, questions]);

function askAll(
  questions: readonly ArpQuestion[],
  listen: ArpInput['listen'],
  links: NodeLinks,
): Promise<ArpOutcome[]> {
  const asked = questions.map(async (question): Promise<ArpOutcome> => {
    const { directorId, ...input } = question;
    const answer = await links.ask(directorId, (proofs) => proofs.askArp({ ...input, listen }));
    return { question, replies: answer.kind === 'answered' ? answer.value.replies : null };
  });
  return Promise.all(asked);
}
