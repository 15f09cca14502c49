// What needs a real kernel: suites inside it, each in a machine of its own, and suites that drive the lab from outside.
import { globSync } from 'node:fs';
import { join } from 'node:path';
import { TEST_LAB } from '../client/test-lab.ts';
import { inThrowAwayMachine } from '../client/throw-away-machine.ts';
import type { Place } from '../state/place.ts';
import { nodeTestTally } from './node-test-tally.ts';
import { judged, mustHaveRun, repository, run, say, sum, type Tally } from './stage.ts';

const insideSuites = ['packages/kernel/src/**/*.lab.ts', 'apps/agent/src/**/*.lab.ts'];
const outsideSuites = ['apps/lab/suites/**/*.lab.ts'];

const found = (patterns: readonly string[], wanted: readonly string[]): string[] =>
  globSync([...patterns], { cwd: repository })
    .filter((file) => wanted.length === 0 || wanted.some((part) => file.includes(part)))
    .toSorted();

/** Suites of the kernel package and the agent, as root in a throw-away machine inside the lab's kernel. */
export async function suitesInside(place: Place, wanted: readonly string[]): Promise<Tally> {
  const tallies: Tally[] = [];
  for (const file of found(insideSuites, wanted)) {
    say(`\n${file} (inside the kernel)`);
    const { code, output } = await inThrowAwayMachine(place, [
      process.execPath,
      '--disable-warning=ExperimentalWarning',
      '--test-reporter=spec',
      join(repository, file),
    ]);
    tallies.push(judged(mustHaveRun(nodeTestTally(output)), code));
  }
  return sum(tallies);
}

/** Suites that drive the lab from the host, one after the other: they share its kernel. */
export async function suitesOutside(place: Place, wanted: readonly string[]): Promise<Tally> {
  const tallies: Tally[] = [];
  for (const file of found(outsideSuites, wanted)) {
    say(`\n${file}`);
    let output = '';
    const code = await run([process.execPath, '--test-reporter=spec', file], {
      env: { [TEST_LAB]: place.folder },
      onOutput: (text) => (output += text),
    });
    tallies.push(judged(mustHaveRun(nodeTestTally(output)), code));
  }
  return sum(tallies);
}
