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
import { Recent, SHOWN_MS } from './recent.ts';

/** A preflight is shown, and then hosts prepare. */
const HOLDS_MS = 30_000;
/** So long it is still listened. */
const LISTENING_MS = 1000;

/** Whose VIPs, in which cluster, and how its agents are asked. */
export interface Asking {
  readonly clusterId: string;
  readonly topology: Topology;
  readonly order: SwitchOrder;
  readonly links: NodeLinks;
}

/** What directors hear. */
export class ArpSilence {
  /** By cluster and questions; each listening is for one proof. */
  readonly #early: Recent<Promise<readonly ArpOutcome[]>>;

  constructor(now: () => Date) {
    this.#early = new Recent(now, HOLDS_MS);
  }

  /**
   * Listens for a whole second to those whom getting ready does not change: hosts that are not in the drawing, and
   * proxies, which answer late. To be called whenever a switch is looked at: what an operator put right or broke since he
   * looked last is heard.
   */
  listen(asking: Asking): void {
    this.#listen(asking, LISTENING_MS);
  }

  /** The same when hosts begin to prepare, unless the preflight that was shown has listened. */
  listenIfNotShown(asking: Asking): void {
    this.#listen(asking, SHOWN_MS);
  }

  #listen(asking: Asking, heardWithinMs: number): void {
    const { topology, order, links } = asking;
    const questions = arpQuestions(topology, order);
    const key = keyOf(asking, questions);
    if (questions.length === 0 || this.#early.has(key, heardWithinMs)) return;
    if (preparesBystanders(topology, order)) return;
    const heard = askAll(questions, 'second', links);
    // It throws where it is awaited.
    heard.catch(() => undefined);
    this.#early.keep(key, heard);
  }

  /**
   * Asks when hosts are prepared. Where nobody answered before, only they can answer now, and at once. A director that
   * cannot be asked has no canaries either, which is said.
   */
  async ask(asking: Asking): Promise<readonly ArpOutcome[]> {
    const { topology, order, links } = asking;
    const questions = arpQuestions(topology, order);
    const early = this.#early.take(keyOf(asking, questions));
    if (early !== null) {
      const [before, after] = await Promise.all([early, askAll(questions, 'shortly', links)]);
      if (isSilent(before) || !isSilent(after)) return after;
    }
    return askAll(questions, 'second', links);
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
