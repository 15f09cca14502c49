// What was found a moment ago: who confirms at once what was shown need not wait for it to be found again.

/** As long as an operator looks at a preflight before the lever. Whatever it said, the new way is proven before the flip. */
export const SHOWN_MS = 15_000;
/** One preflight and a few others beside it. */
const MOST = 20;

/** The newest answer to each question. */
export class Recent<Answer> {
  readonly #now: () => Date;
  readonly #holdMs: number;
  readonly #answers = new Map<string, { readonly at: number; readonly answer: Answer }>();

  constructor(now: () => Date, holdMs = SHOWN_MS) {
    this.#now = now;
    this.#holdMs = holdMs;
  }

  /** Asks, and keeps the answer if it is whole. It is as old as the question. */
  async ask(
    question: string,
    answer: () => Promise<Answer>,
    isWhole: (answer: Answer) => boolean = () => true,
  ): Promise<Answer> {
    const at = this.#now();
    const given = await answer();
    if (isWhole(given)) this.keep(question, given, at);
    else this.#answers.delete(question);
    return given;
  }

  /** @param at when it was asked */
  keep(question: string, answer: Answer, at = this.#now()): void {
    this.#answers.delete(question);
    this.#answers.set(question, { at: at.getTime(), answer });
    this.#forget();
  }

  /** What a large cluster answers is large, and what is too old is of no use. */
  #forget(): void {
    const tooMany = [...this.#answers.keys()].slice(0, -MOST);
    const tooOld = [...this.#answers.keys()].filter((question) => !this.has(question, this.#holdMs));
    for (const question of [...tooMany, ...tooOld]) this.#answers.delete(question);
  }

  /** Whether an answer is there that was asked for within so many milliseconds. */
  has(question: string, withinMs: number): boolean {
    const given = this.#answers.get(question);
    return given !== undefined && this.#now().getTime() - given.at < withinMs;
  }

  /** What was answered to this very question a moment ago, once: each answer is for one confirmation. Else null. */
  take(question: string): Answer | null {
    const given = this.has(question, this.#holdMs) ? this.#answers.get(question) : undefined;
    this.#answers.delete(question);
    return given?.answer ?? null;
  }
}
