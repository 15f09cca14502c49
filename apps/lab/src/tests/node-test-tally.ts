import { nothing, type Tally } from './stage.ts';

/** Reads the closing lines of node's own test runner: `ℹ pass 12`, `ℹ fail 0`, `ℹ skipped 1`. */
export function nodeTestTally(output: string): Tally {
  const count = (word: string) => {
    const lines = [...output.matchAll(new RegExp(`^(?:\\S+ )?[ℹ#] ${word} (\\d+)$`, 'gmu'))];
    return lines.reduce((all, [, number]) => all + Number(number), 0);
  };
  return {
    ...nothing,
    passed: count('pass'),
    failed: count('fail') + count('cancelled'),
    skipped: count('skipped'),
  };
}
