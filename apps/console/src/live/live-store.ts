// The live state of one cluster in one tab, for React to subscribe to.
import type { LiveEvent } from '../api/contract.ts';
import { TrafficHistory } from './history.ts';
import { type LiveState, mergeLive, nothingHeard, snapshotOf } from './live-state.ts';

/** Whether events can arrive at all: `down` says since when (our clock) and why. */
export type Link =
  | { readonly kind: 'connecting' }
  | { readonly kind: 'up' }
  | { readonly kind: 'down'; readonly sinceMs: number; readonly message: string };

/** Screens are told at most this often: forty agents would otherwise have them drawn forty times a second. */
const TELL_EVERY_MS = 250;

export class LiveStore {
  readonly history = new TrafficHistory();
  #state = nothingHeard;
  #link: Link = { kind: 'connecting' };
  readonly #listeners = new Set<() => void>();
  #due: ReturnType<typeof setTimeout> | null = null;
  #toldAtMs = 0;

  readonly state = (): LiveState => this.#state;
  readonly link = (): Link => this.#link;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  merge(event: LiveEvent): void {
    this.#state = mergeLive(this.#state, event, Date.now());
    const hosts = event.kind === 'all' ? event.hosts : event.kind === 'host' ? [event.host] : [];
    for (const { nodeId, reading } of hosts) if (reading) this.history.record(nodeId, reading);
    this.#tell();
  }

  setLink(link: Link): void {
    // It went down once, however often trying again fails.
    if (link.kind === 'down' && this.#link.kind === 'down') return;
    this.#link = link;
    this.#tell();
  }

  snapshot(): LiveEvent | null {
    return snapshotOf(this.#state, Date.now());
  }

  #tell(): void {
    if (this.#due !== null) return;
    const wait = this.#toldAtMs + TELL_EVERY_MS - Date.now();
    if (wait <= 0) this.#tellNow();
    else this.#due = setTimeout(() => this.#tellNow(), Math.min(wait, TELL_EVERY_MS));
  }

  #tellNow(): void {
    this.#due = null;
    this.#toldAtMs = Date.now();
    for (const listener of this.#listeners) listener();
  }
}
