import type { SwitchStepName } from '@signalbox/cluster';
import type { StoredSwitch, SwitchStore } from '@signalbox/db';
import { expect, test } from 'vitest';
import type { SwitchCommand } from '../../api/switch-contract.ts';
import type { StepOutcome } from '../rollouts/rollouts.ts';
import { commanded } from './commands.ts';
import { RunningSwitch } from './running-switch.ts';
import { newRecord } from './switch-record.ts';
import { walk } from './walk.ts';

const stored: StoredSwitch = {
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

const stoppedBy = (failure: string): StepOutcome => ({ kind: 'stopped', failure, problems: [] });

class Ground {
  readonly remembered = new Remembered();
  readonly run: RunningSwitch;
  readonly hops: string[] = [];
  /** What becomes of the next rollouts; done when there is nothing here. */
  readonly outcomes = new Map<string, StepOutcome[]>();
  /** What proofs find wrong, one answer per proof. */
  readonly found: string[] = [];
  /** Why a director cannot be told that the flip stays. */
  unconfirmed: string | null = null;
  whileProving: () => Promise<void> = () => Promise.resolve();
  /** How long connections of the old way live: until a command, or not at all. */
  longLived = false;
  readonly #stop = new AbortController();

  constructor(from: Partial<StoredSwitch> = {}) {
    this.run = new RunningSwitch(
      { ...stored, ...from },
      { store: this.remembered.store, now: () => new Date(1000) },
    );
  }

  walk(): Promise<void> {
    return walk(
      this.run,
      {
        now: () => new Date(1000),
        changed: () => Promise.resolve(),
        confirmed: () => {
          this.hops.push('confirmed');
          return Promise.resolve(this.unconfirmed);
        },
        move: (_, { from, to }, begun) => {
          this.hops.push(`${from}-${to}`);
          begun(`rollout ${this.hops.length}`);
          return Promise.resolve(this.outcomes.get(`${from}-${to}`)?.shift() ?? { kind: 'done' });
        },
        prove: async () => {
          await this.whileProving();
          const message = this.found.shift() ?? '';
          const problem = { code: 'x', severity: 'error', path: [], values: {}, message } as const;
          return message === '' ? [] : [problem];
        },
        drained: async (run) => {
          if (!this.longLived || run.isCut()) return 'drained';
          await run.woken;
          return run.isCut() ? 'drained' : 'woken';
        },
      },
      this.#stop.signal,
    );
  }

  async say(command: SwitchCommand): Promise<void> {
    const answer = commanded(this.run.stored, command);
    if (answer.kind === 'refused') throw new Error(answer.message);
    await this.run.command(answer.change, answer.cut);
  }

  stop(): void {
    this.#stop.abort();
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

const forward = ['from-prepared', 'prepared-flipped', 'flipped-done'];

test('all the way: prepared, proven, flipped, drained, retired', async () => {
  const ground = new Ground();
  await ground.walk();
  expect(ground.hops).toEqual(forward);
  expect(ground.run.view).toMatchObject({ state: 'done', step: 'done', failure: null });
  expect(ground.run.view.stages.map(({ name, state }) => `${name} ${state}`)).toEqual([
    'preflight waiting',
    'prepare done',
    'prove done',
    'flip done',
    'drain done',
    'retire done',
  ]);
  expect(ground.remembered.methods).toEqual(['to']);
});

test('a proof that fails turns it back before anything was flipped, and says why', async () => {
  const ground = new Ground();
  ground.found.push('rs2 does not answer by DR.');
  await ground.walk();
  expect(ground.hops).toEqual(['from-prepared', 'prepared-from']);
  expect(ground.run.view).toMatchObject({ state: 'wentBack', failure: 'rs2 does not answer by DR.' });
  expect(ground.remembered.methods).toEqual([]);
});

test('a host that fails to prepare: what others prepared is taken down again', async () => {
  const ground = new Ground();
  ground.outcomes.set('from-prepared', [stoppedBy('rs1: EPERM')]);
  await ground.walk();
  expect(ground.hops).toEqual(['from-prepared', 'prepared-from']);
  expect(ground.run.view).toMatchObject({ state: 'wentBack', failure: 'rs1: EPERM' });
});

test('a flip that failed half-way is undone, and its few new connections end before their way goes', async () => {
  const ground = new Ground();
  ground.outcomes.set('prepared-flipped', [stoppedBy('director: EINVAL')]);
  await ground.walk();
  expect(ground.hops).toEqual(['from-prepared', 'prepared-flipped', 'flipped-prepared', 'prepared-from']);
  expect(ground.run.view).toMatchObject({ state: 'wentBack', failure: 'director: EINVAL' });
  expect(ground.run.view.stages.find(({ name }) => name === 'drain')?.state).toBe('done');
});

test('while old connections live nothing is retired; thrown back they live on, and at last all is as before', async () => {
  const ground = new Ground();
  ground.longLived = true;
  const walking = ground.walk();
  await ground.reached('draining', 'flipped');
  expect(ground.hops).toEqual(forward.slice(0, 2));
  await ground.say('goBack');
  await ground.reached('draining', 'prepared');
  expect(ground.hops.at(-1)).toBe('flipped-prepared');
  await ground.say('goOn');
  await ground.reached('draining', 'flipped');
  await ground.say('goBack');
  await ground.reached('draining', 'prepared');
  await ground.say('cutNow');
  await walking;
  expect(ground.hops.at(-1)).toBe('prepared-from');
  expect(ground.run.view).toMatchObject({ state: 'wentBack', step: 'from' });
  expect(ground.remembered.methods).toEqual(['to', 'from', 'to', 'from']);
});

test('both ways kept: one hop to and fro, until it is told to finish', async () => {
  const ground = new Ground();
  ground.longLived = true;
  const walking = ground.walk();
  await ground.reached('draining', 'flipped');
  await ground.say('keepBoth');
  await ground.reached('warm', 'flipped');
  await ground.say('goBack');
  await ground.reached('warm', 'prepared');
  await ground.say('goOn');
  await ground.reached('warm', 'flipped');
  expect(ground.hops).toEqual(['from-prepared', 'prepared-flipped', 'flipped-prepared', 'prepared-flipped']);
  ground.longLived = false;
  await ground.say('drain');
  await walking;
  expect(ground.run.view.state).toBe('done');
});

test('an abort before the flip takes down what was prepared', async () => {
  const ground = new Ground({ step: 'prepared', target: 'from' });
  await ground.walk();
  expect(ground.hops).toEqual(['prepared-from']);
  expect(ground.run.view.state).toBe('wentBack');
});

test('an abort while it is being proven does not flip', async () => {
  const ground = new Ground({ step: 'prepared' });
  ground.whileProving = () => ground.say('goBack');
  await ground.walk();
  expect(ground.hops).toEqual(['prepared-from']);
});

test('a host that cannot be reached on the way back is waited for, and an operator can say when', async () => {
  const ground = new Ground({ step: 'prepared', target: 'from' });
  ground.outcomes.set('prepared-from', [stoppedBy('rs1 cannot be asked')]);
  const walking = ground.walk();
  await ground.reached('held', 'prepared');
  expect(ground.run.view.failure).toBe('rs1 cannot be asked');
  await ground.say('goBack');
  await walking;
  expect(ground.run.view.state).toBe('wentBack');
});

test('the console stops in the middle: the switch stays as it is', async () => {
  const ground = new Ground();
  ground.longLived = true;
  const walking = ground.walk();
  await ground.reached('draining', 'flipped');
  ground.stop();
  await ground.run.command({});
  await walking;
  expect(ground.run.stored).toMatchObject({ finishedAt: null, state: 'draining', step: 'flipped' });
});

test('a flip that is to be confirmed is not drained before, and then goes on', async () => {
  const ground = new Ground({ record: newRecord(60) });
  const walking = ground.walk();
  await ground.reached('confirming', 'flipped');
  expect(ground.run.view.confirmBy).toBe(new Date(61_000).toISOString());
  expect(ground.hops).toEqual(forward.slice(0, 2));
  await ground.say('confirm');
  await walking;
  expect(ground.hops).toEqual([...forward.slice(0, 2), 'confirmed', 'flipped-done']);
  expect(ground.run.view).toMatchObject({ state: 'done', confirmBy: null });
});

test('a flip that nobody confirms in time is undone, and says why', async () => {
  const late = { ...newRecord(60), confirm: { seconds: 60, by: new Date(900).toISOString(), given: false } };
  const ground = new Ground({ step: 'flipped', flippedAt: new Date(0), state: 'confirming', record: late });
  await ground.walk();
  expect(ground.hops).toEqual(['flipped-prepared', 'prepared-from']);
  expect(ground.run.view).toMatchObject({
    state: 'wentBack',
    failure: 'Nobody confirmed the switch within 60 seconds.',
  });
});

test('a flip that its director cannot be told to keep is undone', async () => {
  const ground = new Ground({ record: newRecord(60) });
  ground.unconfirmed = 'director could not be told.';
  const walking = ground.walk();
  await ground.reached('confirming', 'flipped');
  await ground.say('confirm');
  await walking;
  expect(ground.run.view).toMatchObject({ state: 'wentBack', failure: 'director could not be told.' });
});

test('while a flip waits to be confirmed one may go back at once, or keep both ways', async () => {
  const ground = new Ground({ record: newRecord(60) });
  const walking = ground.walk();
  await ground.reached('confirming', 'flipped');
  await ground.say('keepBoth');
  await ground.say('confirm');
  await ground.reached('warm', 'flipped');
  await ground.say('goBack');
  await ground.reached('warm', 'prepared');
  await expect(ground.say('confirm')).rejects.toThrow('nothing to confirm');
  await ground.say('drain');
  await walking;
  expect(ground.run.view.state).toBe('wentBack');
});

test('what cannot be said now is refused with the reason', () => {
  const ended = commanded({ ...stored, finishedAt: new Date(0) }, 'goBack');
  expect(ended).toMatchObject({ kind: 'refused', message: expect.stringContaining('has ended') });
  expect(commanded({ ...stored, state: 'retiring' }, 'goBack').kind).toBe('refused');
  expect(commanded(stored, 'cutNow').kind).toBe('refused');
  expect(commanded(stored, 'goOn').kind).toBe('refused');
});
