// A switch whose walk can be watched and disturbed: what hosts, proofs and connections do is the test's to say.
import type { SwitchStepName } from '@signalbox/cluster';
import type { StoredSwitch, SwitchStore } from '@signalbox/db';
import type { SwitchCommand } from '../../api/switch-contract.ts';
import type { StepLook } from '../clusters/review.ts';
import type { StepOutcome } from '../rollouts/rollouts.ts';
import { commanded } from '../switches/commands.ts';
import { RunningSwitch } from '../switches/running-switch.ts';
import { newRecord } from '../switches/switch-record.ts';
import { until } from '../switches/until.ts';
import { walk } from '../switches/walk.ts';

export const storedSwitch: StoredSwitch = {
  id: 'one',
  clusterId: 'shop',
  by: 'Ada',
  to: 'gate',
  services: [{ serviceId: 'web', name: 'tcp 10.0.0.100:80', from: 'masq' }],
  startedAt: new Date(0),
  finishedAt: null,
  state: 'walking',
  step: 'from',
  target: 'done',
  warm: false,
  flippedAt: null,
  failure: null,
  record: newRecord(),
};

/** Remembers what would be in the database: the revisions that the flips make, and how it ended. */
class Remembered {
  readonly methods: string[] = [];
  readonly store: SwitchStore = {
    begin: () => Promise.resolve('begun'),
    change: () => Promise.resolve(),
    flipped: (_, { method }) => {
      this.methods.push(method);
      return Promise.resolve();
    },
    finish: () => Promise.resolve(),
    get: () => Promise.resolve(null),
    list: () => Promise.resolve([]),
    live: () => Promise.resolve([]),
  };
}

export const stoppedBy = (failure: string): StepOutcome => ({ kind: 'stopped', failure, problems: [] });

export class SwitchGround {
  readonly remembered = new Remembered();
  readonly run: RunningSwitch;
  readonly hops: string[] = [];
  /** What becomes of the next rollouts; done when there is nothing here. */
  readonly outcomes = new Map<string, StepOutcome[]>();
  /** What proofs find wrong, one answer per proof. */
  readonly found: string[] = [];
  /** Why a director cannot be told that the flip stays. */
  unconfirmed: string | null = null;
  /** Whether the last proof still holds. */
  proven = false;
  /** How often the new way was tried. */
  proofs = 0;
  /** What a look at the hosts finds, and when. */
  looking: Promise<StepLook> = Promise.resolve({ hosts: [], epochSeen: 0 });
  /** What the operator was shown of the first step. */
  shown: StepLook | null = null;
  /** Hops for which the hosts had been looked at. */
  readonly lookedAhead: string[] = [];
  whileProving: () => Promise<void> = () => Promise.resolve();
  whileChanging: () => Promise<void> = () => Promise.resolve();
  /** When directors forget what is cut. */
  forgottenAt: string | null = null;
  /** How long connections of the old way live: until a command, or not at all. */
  longLived = false;
  readonly #stop = new AbortController();

  constructor(from: Partial<StoredSwitch> = {}) {
    this.run = new RunningSwitch(
      { ...storedSwitch, ...from },
      { store: this.remembered.store, now: () => new Date(1000) },
    );
  }

  walk(): Promise<void> {
    return walk(
      this.run,
      {
        now: () => new Date(1000),
        shown: this.shown,
        changed: () => this.whileChanging(),
        confirmed: () => {
          this.hops.push('confirmed');
          return Promise.resolve(this.unconfirmed);
        },
        look: () => this.looking,
        move: (_, { from, to, cuts = false }, { looked, begun }) => {
          this.hops.push(cuts ? `${from}-${to} cut` : `${from}-${to}`);
          if (looked !== null) this.lookedAhead.push(`${from}-${to}`);
          begun(`rollout ${this.hops.length}`);
          return Promise.resolve(this.outcomes.get(`${from}-${to}`)?.shift() ?? { kind: 'done' });
        },
        forgottenAt: () => Promise.resolve(this.forgottenAt),
        provenForMs: () => Promise.resolve(this.proven ? 60_000 : 0),
        prove: async (_, listening) => {
          this.proofs += 1;
          listening();
          await this.whileProving();
          const message = this.found.shift() ?? '';
          const problem = { code: 'x', severity: 'error', path: [], values: {}, message } as const;
          return message === '' ? [] : [problem];
        },
        drained: async (run, signal) => {
          if (!this.longLived || run.isCut()) return 'drained';
          await until(signal);
          return run.isCut() ? 'drained' : 'woken';
        },
      },
      this.#stop.signal,
    );
  }

  async say(command: SwitchCommand): Promise<void> {
    const answer = commanded(this.run.stored, command);
    if (answer.kind === 'refused') throw new Error(answer.message);
    await this.run.command(answer.change, { by: 'Grace', cut: answer.cut });
  }

  stop(): void {
    this.#stop.abort();
  }

  /** Waits until nothing happens any more by itself; what waits for a clock, however shortly, may still come. */
  async settled(): Promise<void> {
    for (let turns = 0; turns < 50; turns += 1) await new Promise((resolve) => setImmediate(resolve));
  }

  /** Waits for the walk to come to a state. */
  async reached(state: StoredSwitch['state'], step: SwitchStepName): Promise<void> {
    for (let turns = 0; turns < 1000; turns += 1) {
      if (this.run.stored.state === state && this.run.stored.step === step) return;
      await new Promise((resolve) => setImmediate(resolve));
    }
    throw new Error(`It is ${this.run.stored.state} at ${this.run.stored.step}.`);
  }
}
