// Everybody who watches one thing that changes: each gets the value as it is, then the newest after each change.
import { Newest, stopping } from './newest.ts';

export class Watchers<T> {
  readonly #open = new Set<Newest<T>>();

  /** The value now and after each change; ends when the thing does, or when `signal` aborts. */
  async *watch(value: () => T, signal: AbortSignal): AsyncGenerator<T, void, undefined> {
    const values = new Newest<T>();
    values.put('value', value());
    this.#open.add(values);
    try {
      yield* values.read(signal);
    } finally {
      this.#open.delete(values);
    }
  }

  /** Asks for the value only if somebody watches. */
  show(value: () => T): void {
    if (this.#open.size === 0) return;
    const newest = value();
    for (const values of this.#open) values.put('value', newest);
  }

  /** The thing has come to its end. */
  end(): void {
    for (const values of this.#open) values.end();
  }

  /** The console stops, the thing does not: watchers come back when the next process goes on with it. */
  leave(): void {
    for (const values of this.#open) values.fail(stopping());
  }
}
