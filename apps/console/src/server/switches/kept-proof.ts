// How long a proof holds: a flip right after it need not try the same way again.
import type { Problem, Topology } from '@signalbox/cluster';

/** Longer than the pause between two proofs while both ways are kept. */
const HOLDS_MS = 60_000;

/** The last proof of one switch. It is of one drawing: a real server that came since has not been tried. */
export class KeptProof {
  readonly #now: () => Date;
  #proven: { readonly at: number; readonly of: string } | null = null;

  constructor(now: () => Date) {
    this.#now = now;
  }

  made(topology: Topology, problems: readonly Problem[]): void {
    const failed = problems.some(({ severity }) => severity === 'error');
    this.#proven = failed ? null : { at: this.#now().getTime(), of: textOf(topology) };
  }

  /** Milliseconds for which it holds from now on; 0 when it does not. */
  holdsFor(topology: Topology): number {
    if (this.#proven?.of !== textOf(topology)) return 0;
    return Math.max(0, this.#proven.at + HOLDS_MS - this.#now().getTime());
  }
}

/** Without the methods: which way new connections go is what the switch itself changes. */
const textOf = ({ services, ...rest }: Topology): string =>
  JSON.stringify({
    ...rest,
    services: services.map((service) => ({
      ...service,
      method: null,
      destinations: service.destinations.map((destination) => ({ ...destination, method: null })),
    })),
  });
