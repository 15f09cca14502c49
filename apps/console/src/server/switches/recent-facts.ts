// What the hosts of a switch said a moment ago: who confirms what the preflight has just shown need not wait for it again.
import type { FactsByNode, SwitchOrder, Topology } from '@signalbox/cluster';
import { askFacts } from './ask-facts.ts';
import type { NodeLinks } from './node-links.ts';
import { Recent } from './recent.ts';

/** The newest facts of each question that was asked. */
export class RecentFacts {
  readonly #shown: Recent<FactsByNode>;

  constructor(now: () => Date) {
    this.#shown = new Recent(now);
  }

  /** Asks all hosts. */
  ask(topology: Topology, order: SwitchOrder, links: NodeLinks): Promise<FactsByNode> {
    return this.#shown.ask(
      questionOf(topology, order),
      () => askFacts(topology, order, links),
      // A host that did not answer is asked again.
      (facts) => topology.nodes.every(({ id, agent }) => agent === null || facts.get(id) !== null),
    );
  }

  /** What was answered to this very question a moment ago, once; else all hosts are asked. */
  async take(topology: Topology, order: SwitchOrder, links: NodeLinks): Promise<FactsByNode> {
    return this.#shown.take(questionOf(topology, order)) ?? askFacts(topology, order, links);
  }
}

/** Another drawing, other services or the other way: another question. */
export const questionOf = (topology: Topology, { services, to }: SwitchOrder): string =>
  JSON.stringify([topology, services, to]);
