// Newest wins: one waiting value per key, so a slow reader misses values and never makes the writer wait or us grow.

/** What a stream ends with when the console stops: the connection drops without a last word, and browsers come back. */
export const stopping = () => new DOMException('The console is stopping.', 'AbortError');

export class Newest<T> {
  readonly #waiting = new Map<string, T>();
  #wake = Promise.withResolvers<void>();
  #end: { readonly error: unknown } | 'done' | null = null;

  /** Replaces the value waiting under this key, if any, and goes behind all that wait: what is put last is read last. */
  put(key: string, value: T): void {
    this.#waiting.delete(key);
    this.#waiting.set(key, value);
    this.#wake.resolve();
  }

  /** The reader gets what is waiting, and then the end. */
  end(): void {
    this.#end ??= 'done';
    this.#wake.resolve();
  }

  /** The reader gets this error at once. */
  fail(error: unknown): void {
    this.#end = { error };
    this.#wake.resolve();
  }

  /** Values as they come, until `end`, `fail` or the signal. For one reader. */
  async *read(signal: AbortSignal): AsyncGenerator<T, void, undefined> {
    const stop = () => this.end();
    signal.addEventListener('abort', stop, { once: true });
    try {
      while (!signal.aborted) {
        await this.#wake.promise;
        this.#wake = Promise.withResolvers();
        for (const [key, value] of this.#waiting) {
          this.#waiting.delete(key);
          if (this.#failed()) break;
          yield value;
        }
        if (this.#end === 'done' && this.#waiting.size === 0) return;
        const failure = this.#failed();
        if (failure) throw failure.error;
      }
    } finally {
      signal.removeEventListener('abort', stop);
    }
  }

  #failed() {
    return this.#end !== null && this.#end !== 'done' ? this.#end : null;
  }
}
