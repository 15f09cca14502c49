// Switches: thrown by an operator, walked here in the background, gone on with after a restart.
import { randomUUID } from 'node:crypto';
import { methodNames } from '@signalbox/cluster';
import type { StoredSwitch } from '@signalbox/db';
import type { SwitchCommand, SwitchPreflight, SwitchView } from '../../api/switch-contract.ts';
import { clusterOf, followCluster } from '../clusters/clusters.ts';
import type { StepLook } from '../clusters/review.ts';
import type { ClusterSwitch, NewClusterSwitch, Operator, Switches } from '../console.ts';
import { ConsoleRefusal } from '../refusal.ts';
import { ArpSilence } from './arp-silence.ts';
import { commanded, commandNames } from './commands.ts';
import { busy, refuseErrors, refuseUnforgotten, refuseUnsettled, throwAgain } from './may-start.ts';
import { confirmedPreflight, preflight, type PreflightRoom, shownLook } from './preflight.ts';
import { RecentFacts } from './recent-facts.ts';
import { RunningSwitch } from './running-switch.ts';
import { Recent } from './recent.ts';
import { type SwitchRoom, walkHands } from './switch-hands.ts';
import { newRecord, recordOf, switchView, withStage } from './switch-record.ts';
import { goesBack } from './switch-walk.ts';
import { pause } from './until.ts';
import { walk } from './walk.ts';

const LISTED = 20;
/** How long a throw of the lever waits for an earlier one to take its old way down. */
const RETIRING_MS = 10_000;

export class SwitchService implements Switches {
  readonly #room: SwitchRoom;
  readonly #running = new Map<string, { run: RunningSwitch; ended: Promise<void> }>();
  readonly #stop = new AbortController();
  readonly #preflightRoom: PreflightRoom;

  constructor(room: Omit<SwitchRoom, 'silence'>) {
    const { pool, now, rollouts } = room;
    const silence = new ArpSilence(now);
    this.#room = { ...room, silence };
    this.#preflightRoom = {
      pool,
      silence,
      facts: new RecentFacts(now),
      looks: new Recent(now),
      look: (desires) => rollouts.look(desires),
    };
  }

  async preflight(order: ClusterSwitch): Promise<SwitchPreflight> {
    return preflight(this.#preflightRoom, await clusterOf(this.#room.database, order.clusterId), order);
  }

  async start(order: NewClusterSwitch, by: Operator): Promise<string> {
    const { database, now } = this.#room;
    const began = now();
    await this.#retired(order.clusterId);
    const cluster = await clusterOf(database, order.clusterId);
    const thrown = throwAgain(this.#running.get(cluster.switchId ?? '')?.run.stored ?? null, order);
    if (thrown !== null) {
      await this.command(thrown, by);
      return thrown.switchId;
    }
    refuseUnsettled(cluster);
    const found = await confirmedPreflight(this.#preflightRoom, cluster, order);
    refuseErrors(found);
    const services = found.services.filter(({ verdict }) => verdict === 'willSwitch');
    if (services.length === 0)
      throw new ConsoleRefusal('invalid', 'Nothing is to be switched: every service goes that way already.');
    const problems = [...found.problems, ...services.flatMap((service) => service.problems)];
    const record = withStage(newRecord(order.confirmWithin), 'preflight', {
      state: 'done',
      startedAt: began.toISOString(),
      milliseconds: now().getTime() - began.getTime(),
      problems,
    });
    const id = randomUUID();
    const outcome = await database.switches.begin({
      id,
      clusterId: cluster.id,
      by: by.name,
      to: order.to,
      services: services.map(({ serviceId, name, from }) => ({ serviceId, name, from })),
      state: 'walking',
      step: 'from',
      target: 'done',
      warm: false,
      record,
      revision: order.revision,
    });
    if (outcome === 'busy') throw busy();
    if (outcome === 'revisionMoved')
      throw new ConsoleRefusal('conflict', 'The cluster was saved again since this was shown. Look again.');
    const message = `${by.name} switches ${services.map(({ name }) => name).join(', ')} to ${methodNames[order.to]}.`;
    await database.events.add({ kind: 'switchStarted', clusterId: cluster.id, by: by.email, message });
    const stored = await database.switches.get(id);
    if (!stored) throw new Error(`Switch ${id} was written and is not there.`);
    this.#run(stored, shownLook(this.#preflightRoom, cluster, { services: stored.services, to: order.to }));
    return id;
  }

  async command(order: { switchId: string; command: SwitchCommand }, by: Operator): Promise<void> {
    const run = this.#running.get(order.switchId)?.run;
    if (!run) throw new ConsoleRefusal('notNow', 'This switch has ended. Throw the lever again.');
    const answer = commanded(run.stored, order.command);
    if (answer.kind === 'refused') throw new ConsoleRefusal('notNow', answer.message);
    await run.command(answer.change, { by: by.name, cut: answer.cut });
    const { clusterId } = run.stored;
    const message = `${by.name} said to the switch: ${commandNames[order.command]}.`;
    await this.#room.database.events.add({ kind: 'switchCommanded', clusterId, by: by.email, message });
  }

  async get(switchId: string): Promise<SwitchView> {
    const running = this.#running.get(switchId);
    if (running) return running.run.view;
    const stored = await this.#room.database.switches.get(switchId);
    if (!stored) throw new ConsoleRefusal('notFound', 'There is no such switch.');
    return switchView(stored);
  }

  async list(clusterId: string): Promise<SwitchView[]> {
    const stored = await this.#room.database.switches.list(clusterId, LISTED);
    return stored.map((one) => this.#running.get(one.id)?.run.view ?? switchView(one));
  }

  async *watch(switchId: string, signal: AbortSignal): AsyncGenerator<SwitchView, void, undefined> {
    const running = this.#running.get(switchId);
    if (running) yield* running.run.watch(signal);
    else yield await this.get(switchId);
  }

  /** Goes on with what an earlier process left. A rollout that it left is given up: the hosts are asked anew. */
  async resume(): Promise<void> {
    const { database } = this.#room;
    for (const rollout of await database.rollouts.running())
      if (rollout.switchId !== null)
        await database.rollouts.finish(rollout.id, {
          state: 'stopped',
          failure: 'The console started again; its switch goes on with a new rollout.',
        });
    for (const stored of await database.switches.live()) {
      const message = `The console started again and goes on with the switch to ${methodNames[stored.to]}.`;
      await database.events.add({ kind: 'switchResumed', clusterId: stored.clusterId, by: null, message });
      this.#run(fromTheFartherStep(stored));
    }
  }

  /** A way that is being taken down is down in a moment, and then the lever can be thrown. */
  async #retired(clusterId: string): Promise<void> {
    const retiring = [...this.#running.values()].filter(
      ({ run }) => run.stored.clusterId === clusterId && run.stored.state === 'retiring',
    );
    if (retiring.length === 0) return;
    for (const { run } of retiring) refuseUnforgotten(run.record, this.#room.now());
    const patience = pause(RETIRING_MS, this.#stop.signal);
    await Promise.race([Promise.all(retiring.map(({ ended }) => ended)), patience]);
  }

  endWatchers(): void {
    for (const { run } of this.#running.values()) run.leave();
  }

  /** Leaves switches as they are, for the next process. */
  async close(): Promise<void> {
    this.#stop.abort();
    this.endWatchers();
    await Promise.all([...this.#running.values()].map(({ ended }) => ended));
  }

  /** @param shown what the hosts were found to do for the first step, if the operator was shown that just now */
  #run(stored: StoredSwitch, shown: StepLook | null = null): void {
    const { database, now } = this.#room;
    const run = new RunningSwitch(stored, { store: database.switches, now });
    const ended = this.#toTheEnd(run, shown).catch((error: unknown) => {
      console.error(`Switch ${stored.id} failed:`, error);
    });
    this.#running.set(stored.id, { run, ended });
    void this.#changed(run);
  }

  async #toTheEnd(run: RunningSwitch, shown: StepLook | null): Promise<void> {
    const { id, clusterId } = run.stored;
    const changed = (one: RunningSwitch) => this.#changed(one);
    try {
      await walk(run, { ...walkHands(this.#room, run), changed, shown }, this.#stop.signal);
    } finally {
      this.#running.delete(id);
    }
    if (run.stored.finishedAt === null) return;
    const { state, to, failure } = run.stored;
    const message =
      state === 'done'
        ? `Switched to ${methodNames[to]}.`
        : `The switch to ${methodNames[to]} went back.${failure === null ? '' : ` ${failure}`}`;
    await this.#room.database.events.add({ kind: `switch-${state}`, clusterId, by: null, message });
    await this.#changed(run);
  }

  async #changed(run: RunningSwitch): Promise<void> {
    const { database, hub } = this.#room;
    followCluster(hub, await clusterOf(database, run.stored.clusterId));
  }
}

/** A rollout was on its way to a step when the console died: where it turns back, it turns back from there. */
function fromTheFartherStep(stored: StoredSwitch): StoredSwitch {
  const { attempting } = recordOf(stored);
  const turns = attempting !== null && goesBack(stored.target) && stored.step !== 'flipped';
  return turns ? { ...stored, step: attempting } : stored;
}
