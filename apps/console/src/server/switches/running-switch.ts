// A switch under way: what is stored of it, changed step by step and shown to whoever watches, newest wins.
import type { StoredSwitch, SwitchChange, SwitchStore } from '@signalbox/db';
import type { SwitchStage, SwitchStageName, SwitchView } from '../../api/switch-contract.ts';
import { Watchers } from '../hub/watchers.ts';
import { recordOf, type SwitchRecord, switchView, withStage } from './switch-record.ts';
import { ledBy, turning } from './turns.ts';

export class RunningSwitch {
  #stored: StoredSwitch;
  readonly #store: SwitchStore;
  readonly #now: () => Date;
  readonly #watchers = new Watchers<SwitchView>();
  #commanded = new AbortController();
  #cut = false;
  #written: Promise<unknown> = Promise.resolve();

  constructor(stored: StoredSwitch, { store, now }: { store: SwitchStore; now: () => Date }) {
    this.#stored = stored;
    this.#store = store;
    this.#now = now;
  }

  get stored(): StoredSwitch {
    return this.#stored;
  }

  get record(): SwitchRecord {
    return recordOf(this.#stored);
  }

  get view(): SwitchView {
    return switchView(this.#stored);
  }

  /** Aborts at the next command. Who takes it before looking at what stands here misses none. */
  get commanded(): AbortSignal {
    return this.#commanded.signal;
  }

  /** Known here before it is stored: an operator's word and the walk may change the record at the same time. */
  async change(change: SwitchChange): Promise<void> {
    this.#become(change);
    await this.#write((id) => this.#store.change(id, change));
  }

  /** Back or on again, if that is another way than now; `by` null: by itself. */
  turn(change: SwitchChange, by: string | null): Promise<void> {
    return this.change(turning(this.#stored, change, { by, at: this.#now() }));
  }

  /** Whether the operator does not wait for connections to end. Not stored: after a restart it is asked again. */
  isCut(): boolean {
    return this.#cut;
  }

  /** An operator's word: stored like any change, and whoever waits looks again. */
  async command(change: SwitchChange, { by, cut = false }: { by: string; cut?: boolean }): Promise<void> {
    this.#cut = cut;
    await this.turn(change, by);
    this.#commanded.abort();
    this.#commanded = new AbortController();
  }

  /** The flip one way or the other was read back. */
  async flipped(change: SwitchChange & { method: 'from' | 'to' }): Promise<void> {
    const { method: _method, ...rest } = change;
    const by = ledBy(this.#stored);
    this.#become(rest);
    await this.#write((id) => this.#store.flipped(id, { ...change, by }));
  }

  async finish(state: 'done' | 'wentBack'): Promise<void> {
    await this.#write((id) => this.#store.finish(id, { state }));
    this.#become({ state });
    this.#stored = { ...this.#stored, finishedAt: this.#now() };
    this.#show();
    this.#watchers.end();
  }

  async recorded(change: Partial<SwitchRecord>): Promise<void> {
    await this.change({ record: { ...this.record, ...change } });
  }

  /** Shown and not stored: figures that the next process counts again. */
  shown(change: Partial<SwitchRecord>): void {
    this.#become({ record: { ...this.record, ...change } });
  }

  stage(name: SwitchStageName, change: Partial<Omit<SwitchStage, 'name'>>): Promise<void> {
    return this.recorded(withStage(this.record, name, change));
  }

  beginStage(name: SwitchStageName): Promise<void> {
    const startedAt = this.#now().toISOString();
    return this.stage(name, { state: 'running', startedAt, milliseconds: null, problems: [] });
  }

  endStage(name: SwitchStageName, end: Pick<SwitchStage, 'state'> & Partial<SwitchStage>): Promise<void> {
    const began = this.record.stages.find((stage) => stage.name === name)?.startedAt;
    const milliseconds = began ? this.#now().getTime() - new Date(began).getTime() : null;
    return this.stage(name, { ...end, milliseconds });
  }

  watch(signal: AbortSignal): AsyncIterable<SwitchView> {
    return this.#watchers.watch(() => this.view, signal);
  }

  leave(): void {
    this.#watchers.leave();
  }

  /** One after the other: each holds all that was before it. */
  #write(write: (switchId: string) => Promise<void>): Promise<void> {
    const written = this.#written.then(() => write(this.#stored.id));
    this.#written = written.catch(() => undefined);
    return written;
  }

  #become(change: SwitchChange): void {
    this.#stored = { ...this.#stored, ...change };
    this.#show();
  }

  #show(): void {
    this.#watchers.show(() => this.view);
  }
}
