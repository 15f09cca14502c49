// Who answers ARP for a VIP beside its director. Whoever takes his time is listened for while hosts prepare.
import {
  type ArpOutcome,
  type ArpQuestion,
  arpQuestions,
  preparesBystanders,
  type SwitchOrder,
  type Topology,
} from '@signalbox/cluster';
import type { NodeLinks } from './node-links.ts';

/** Preparing takes a moment; what was heard before a long one is asked again. */
const HOLDS_MS = 30_000;

interface Early {
  readonly questions: string;
  readonly at: number;
  readonly heard: Promise<ArpOutcome[]>;
}

/** What the directors of one switch hear. */
export class ArpSilence {
  readonly #now: () => Date;
  #early: Early | null = null;

  constructor(now: () => Date) {
    this.#now = now;
  }

  /**
   * Listens for a whole second to those whom getting ready does not change: hosts that are not in the drawing, and
   * proxies, which answer late. To be called when hosts begin to prepare.
   */
  listen(topology: Topology, order: SwitchOrder, links: NodeLinks): void {
    this.#early = null;
    const questions = arpQuestions(topology, order);
    if (questions.length === 0 || preparesBystanders(topology, order)) return;
    const heard = askAll(questions.map(slowly), links);
    // It throws where it is awaited.
    heard.catch(() => undefined);
    this.#early = { questions: textOf(questions), at: this.#now().getTime(), heard };
  }

  /**
   * Asks when hosts are prepared. Where nobody answered before, only they can answer now, and at once. A director that
   * cannot be asked has no canaries either, which is said.
   */
  async ask(topology: Topology, order: SwitchOrder, links: NodeLinks): Promise<ArpOutcome[]> {
    const questions = arpQuestions(topology, order);
    const early = this.#early;
    this.#early = null;
    const isEarly = early?.questions === textOf(questions) && this.#now().getTime() - early.at < HOLDS_MS;
    if (isEarly) {
      const [before, after] = await Promise.all([early.heard, askAll(questions, links)]);
      if (isSilent(before) || !isSilent(after)) return after;
    }
    return askAll(questions.map(slowly), links);
  }
}

/** Nobody but the director answered, and that is certain. */
export const isSilent = (outcomes: readonly ArpOutcome[]): boolean =>
  outcomes.every(({ replies }) => replies?.length === 0);

const slowly = (question: ArpQuestion): ArpQuestion => ({ ...question, witness: null });

const textOf = (questions: readonly ArpQuestion[]) => JSON.stringify(questions);

function askAll(questions: readonly ArpQuestion[], links: NodeLinks): Promise<ArpOutcome[]> {
  const asked = questions.map(async (question): Promise<ArpOutcome> => {
    const { directorId, ...input } = question;
    const answer = await links.ask(directorId, (proofs) => proofs.askArp(input));
    return { question, replies: answer.kind === 'answered' ? answer.value.replies : null };
  });
  return Promise.all(asked);
}
