// What the hosts of a switch said a moment ago: who confirms what the preflight has just shown need not wait for it again.
import type { FactsByNode, SwitchOrder, Topology } from '@signalbox/cluster';
import { askFacts } from './ask-facts.ts';
import type { NodeLinks } from './node-links.ts';

/** As long as an operator looks at a preflight before the lever. Whatever the facts say, the new way is proven before the flip. */
const HOLD_MS = 15_000;
/** One preflight and a few others beside it. */
const MOST = 20;

interface Asked {
  readonly at: number;
  readonly facts: FactsByNode;
}

/** The newest facts of each question that was asked. */
export class RecentFacts {
  readonly #now: () => Date;
  readonly #asked = new Map<string, Asked>();

  constructor(now: () => Date) {
    this.#now = now;
  }

  /** Asks all hosts. */
  async ask(topology: Topology, order: SwitchOrder, links: NodeLinks): Promise<FactsByNode> {
    const at = this.#now().getTime();
    const facts = await askFacts(topology, order, links);
    const question = questionOf(topology, order);
    this.#asked.delete(question);
    // A host that did not answer is asked again.
    const isSilent = topology.nodes.some(({ id, agent }) => agent !== null && facts.get(id) === null);
    if (!isSilent) this.#asked.set(question, { at, facts });
    for (const oldest of [...this.#asked.keys()].slice(0, -MOST)) this.#asked.delete(oldest);
    return facts;
  }

  /** What was answered to this very question a moment ago, once; else all hosts are asked. */
  async take(topology: Topology, order: SwitchOrder, links: NodeLinks): Promise<FactsByNode> {
    const question = questionOf(topology, order);
    const asked = this.#asked.get(question);
    this.#asked.delete(question);
    if (asked && this.#now().getTime() - asked.at < HOLD_MS) return asked.facts;
    return askFacts(topology, order, links);
  }
}

const questionOf = (topology: Topology, { services, to }: SwitchOrder): string =>
  JSON.stringify([topology, services, to]);
