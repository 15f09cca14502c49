// What an operator has just been shown: who confirms it at once need not wait for it to be asked again.

/** As long as an operator looks at a preflight before the lever. Whatever it said, the new way is proven before the flip. */
const HOLD_MS = 15_000;
/** One preflight and a few others beside it. */
const MOST = 20;

/** The newest answer to each question. */
export class Shown<Answer> {
  readonly #now: () => Date;
  readonly #answers = new Map<string, { readonly at: number; readonly answer: Answer }>();

  constructor(now: () => Date) {
    this.#now = now;
  }

  /** Asks, and keeps the answer if it is whole. It is as old as the question. */
  async ask(
    question: string,
    answer: () => Promise<Answer>,
    isWhole: (answer: Answer) => boolean = () => true,
  ): Promise<Answer> {
    const at = this.#now().getTime();
    const given = await answer();
    this.#answers.delete(question);
    if (isWhole(given)) this.#answers.set(question, { at, answer: given });
    this.#forget();
    return given;
  }

  /** What a large cluster answers is large, and what is too old is of no use. */
  #forget(): void {
    const tooMany = [...this.#answers.keys()].slice(0, -MOST);
    const tooOld = [...this.#answers]
      .filter(([, { at }]) => !this.#isRecent(at))
      .map(([question]) => question);
    for (const question of [...tooMany, ...tooOld]) this.#answers.delete(question);
  }

  #isRecent(at: number): boolean {
    return this.#now().getTime() - at < HOLD_MS;
  }

  /** What was answered to this very question a moment ago, once: each answer is for one confirmation. Else null. */
  take(question: string): Answer | null {
    const given = this.#answers.get(question);
    this.#answers.delete(question);
    return given && this.#isRecent(given.at) ? given.answer : null;
  }
}
