// Some answers of a reading in turn: a reading says how often each server answered, not in which order. Pure.
import type { ProbeReading } from '@signalbox/agent-api';

/** So many of each reading: six seconds of them fill the strip. */
export const PICKS = 2;

export interface Picked {
  /** Who answered; null for a request that failed. */
  readonly picks: readonly (string | null)[];
  readonly complete: boolean;
  /** What each server is owed: carried on, so that many picks together have the shares of all answers. */
  readonly credits: ReadonlyMap<string, number>;
}

export function pickAnswers(
  { answers, failed }: Pick<ProbeReading, 'answers' | 'failed'>,
  credits: ReadonlyMap<string, number>,
): Picked {
  const total = answers.reduce((sum, { count }) => sum + count, 0);
  const failures = failed > 0 ? [null] : [];
  const picks: (string | null)[] = [...failures];
  const owed = new Map<string, number>();
  for (const { by } of answers) owed.set(by, credits.get(by) ?? 0);
  for (let i = 0; i < Math.min(PICKS, total); i++) {
    for (const { by, count } of answers) owed.set(by, (owed.get(by) ?? 0) + count / total);
    const [next] = [...owed].toSorted(([, a], [, b]) => b - a);
    if (!next) break;
    picks.push(next[0]);
    owed.set(next[0], next[1] - 1);
  }
  return { picks, complete: total <= PICKS && failed <= 1, credits: total === 0 ? credits : owed };
}
