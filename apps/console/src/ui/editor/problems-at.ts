// Which problems belong beside a field or a thing.
import type { Problem } from '@signalbox/cluster';

/** Problems of exactly this place. */
export const problemsAt = (problems: readonly Problem[], ...path: readonly string[]): Problem[] =>
  problems.filter((problem) => samePath(problem.path, path));

/** Problems of this place and of everything inside it. */
export const problemsWithin = (problems: readonly Problem[], ...path: readonly string[]): Problem[] =>
  problems.filter((problem) => samePath(problem.path.slice(0, path.length), path));

/** Problems of a thing that none of its named fields shows. */
export const problemsBeside = (
  problems: readonly Problem[],
  path: readonly string[],
  shown: readonly string[],
): Problem[] =>
  problemsWithin(problems, ...path).filter((problem) => !shown.includes(problem.path[path.length] ?? ''));

export const hasErrors = (problems: readonly Problem[]): boolean =>
  problems.some(({ severity }) => severity === 'error');

/** What is worth knowing and stops nothing. */
export const warningsAmong = (problems: readonly Problem[]): number =>
  problems.filter(({ severity }) => severity === 'warning').length;

const samePath = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((part, i) => part === b[i]);
