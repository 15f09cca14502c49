/** Lets so many units of work pass at once; the rest waits in the order it came. */
export class Window {
  readonly #size: number;
  #taken = 0;
  readonly #waiting: { readonly units: number; readonly enter: () => void }[] = [];

  constructor(size: number) {
    this.#size = size;
  }

  /** Runs the work when its units fit. Work larger than the window never fits: at most `size` units. */
  async through<T>(units: number, work: () => Promise<T>): Promise<T> {
    if (units > this.#size) throw new RangeError(`${units} units in a window of ${this.#size}`);
    await this.#enter(units);
    try {
      return await work();
    } finally {
      this.#leave(units);
    }
  }

  #enter(units: number): Promise<void> {
    if (this.#waiting.length === 0 && this.#taken + units <= this.#size) {
      this.#taken += units;
      return Promise.resolve();
    }
    return new Promise((enter) => this.#waiting.push({ units, enter }));
  }

  #leave(units: number): void {
    this.#taken -= units;
    for (let next = this.#waiting[0]; next !== undefined; next = this.#waiting[0]) {
      if (this.#taken + next.units > this.#size) return;
      this.#waiting.shift();
      this.#taken += next.units;
      next.enter();
    }
  }
}
