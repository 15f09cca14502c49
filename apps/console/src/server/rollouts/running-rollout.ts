// A rollout under way: the record, stored at each step and shown to whoever watches, newest wins.
import type { Phase } from '@signalbox/cluster';
import type { RolloutStore, StoredHostPhase, StoredRollout, StoredRolloutHost } from '@signalbox/db';
import type { RolloutView } from '../../api/contract.ts';
import type { Progress } from '../hub/hub.ts';
import { Watchers } from '../hub/watchers.ts';
import { abandonedHostPhase, lostHostPhase, rolloutView, withHostPhase } from './rollout-record.ts';

export class RunningRollout {
  #record: StoredRollout;
  readonly #store: RolloutStore;
  readonly #progress = new Map<string, number>();
  readonly #watchers = new Watchers<RolloutView>();

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

  /** The host was asked again before it accepted anything. */
  async hostOrdered(host: StoredRolloutHost): Promise<void> {
    await this.#store.setHost(this.#record.id, host);
    const hosts = this.#record.hosts.map((other) => (other.nodeId === host.nodeId ? host : other));
    this.#become({ ...this.#record, hosts });
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

  watch(signal: AbortSignal): AsyncIterable<RolloutView> {
    return this.#watchers.watch(() => this.view, signal);
  }

  leave(): void {
    this.#watchers.leave();
  }

  async #ended(): Promise<void> {
    this.#become((await this.#store.get(this.#record.id)) ?? this.#record);
    this.#watchers.end();
  }

  #become(record: StoredRollout): void {
    this.#record = record;
    this.#watchers.show(() => this.view);
  }
}
