// A rollout under way: the record, stored at each step and shown to whoever watches, newest wins.
import type { Phase } from '@signalbox/cluster';
import type { RolloutStore, StoredHostPhase, StoredRollout } from '@signalbox/db';
import type { RolloutView } from '../../api/contract.ts';
import type { Progress } from '../hub/hub.ts';
import { Newest, stopping } from '../hub/newest.ts';
import { abandonedHostPhase, lostHostPhase, rolloutView, withHostPhase } from './rollout-record.ts';

export class RunningRollout {
  #record: StoredRollout;
  readonly #store: RolloutStore;
  readonly #progress = new Map<string, number>();
  readonly #watchers = new Set<Newest<RolloutView>>();

  constructor(record: StoredRollout, store: RolloutStore) {
    this.#record = record;
    this.#store = store;
  }

  get record(): StoredRollout {
    return this.#record;
  }

  get view(): RolloutView {
    return rolloutView(this.#record, this.#progress);
  }

  async enterPhase(phase: Phase): Promise<void> {
    this.#progress.clear();
    await this.#store.setPhase(this.#record.id, phase);
    this.#become({ ...this.#record, phase });
  }

  async hostPhaseEnded(nodeId: string, value: StoredHostPhase): Promise<void> {
    await this.#store.setHostPhase({ rolloutId: this.#record.id, nodeId }, value);
    this.#become(withHostPhase(this.#record, nodeId, value));
  }

  progressed(nodeId: string, { phase, done }: Progress): void {
    this.#progress.set(`${nodeId} ${phase}`, done);
    this.#become(this.#record);
  }

  async done(): Promise<void> {
    await this.#store.finish(this.#record.id, { state: 'done' });
    await this.#ended();
  }

  /** Phases that were not entered did not run, and say so; one that was entered and never answered is not known. */
  async stopped(failure: string): Promise<void> {
    const entered = this.#record.phase;
    for (const { nodeId, phases } of this.#record.hosts)
      for (const phase of phases)
        if (phase.state === 'waiting')
          await this.hostPhaseEnded(
            nodeId,
            phase.phase === entered ? lostHostPhase(phase) : abandonedHostPhase(phase),
          );
    await this.#store.finish(this.#record.id, { state: 'stopped', failure });
    await this.#ended();
  }

  async *watch(signal: AbortSignal): AsyncGenerator<RolloutView, void, undefined> {
    const views = new Newest<RolloutView>();
    views.put('view', this.view);
    this.#watchers.add(views);
    try {
      yield* views.read(signal);
    } finally {
      this.#watchers.delete(views);
    }
  }

  /** The console stops, the rollout does not: watchers come back when the next process goes on with it. */
  leave(): void {
    for (const watcher of this.#watchers) watcher.fail(stopping());
  }

  async #ended(): Promise<void> {
    this.#become((await this.#store.get(this.#record.id)) ?? this.#record);
    for (const watcher of this.#watchers) watcher.end();
  }

  #become(record: StoredRollout): void {
    this.#record = record;
    if (this.#watchers.size === 0) return;
    const view = this.view;
    for (const watcher of this.#watchers) watcher.put('view', view);
  }
}
