// What needs a real kernel: suites inside it, each in a machine of its own, and suites that drive the lab from outside.
import { globSync } from 'node:fs';
import { join } from 'node:path';
import { TEST_LAB } from '../client/test-lab.ts';
import { openLab } from '../client/lab-client.ts';
import type { Place } from '../state/place.ts';
import { frameKind } from '../wire/frame.ts';
import { ExitStatus } from '../wire/guest-messages.ts';
import { nodeTestTally } from './node-test-tally.ts';
import { judged, mustHaveRun, repository, run, say, sum, type Tally } from './stage.ts';

const insideSuites = ['packages/kernel/src/**/*.lab.ts', 'apps/agent/src/**/*.lab.ts'];
const outsideSuites = ['apps/lab/suites/**/*.lab.ts'];
/** A suite that hangs ends here; the slowest takes about a minute. */
const SUITE_MS = 5 * 60_000;

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

/** Runs a program in a machine that ends with it; what it prints is passed on. */
async function inThrowAwayMachine(
  place: Place,
  argv: readonly string[],
): Promise<{ code: number | null; output: string }> {
  const channel = await openLab(place);
  const timer = setTimeout(() => channel.abandon(), SUITE_MS);
  let output = '';
  try {
    await channel.sendJson(frameKind.request, {
      kind: 'exec',
      place: { kind: 'fresh' },
      argv,
      env: { FORCE_COLOR: '0' },
      cwd: repository,
    });
    await channel.send(frameKind.stdinEnd);
    for await (const frame of channel.frames) {
      if (frame.kind === frameKind.stdout || frame.kind === frameKind.stderr) {
        process.stdout.write(frame.payload);
        output += frame.payload.toString();
      }
      if (frame.kind === frameKind.failure) throw new Error(frame.payload.toString());
      if (frame.kind === frameKind.exit)
        return { code: ExitStatus.parse(JSON.parse(frame.payload.toString())).code, output };
    }
  } finally {
    clearTimeout(timer);
    channel.abandon();
  }
  say(`ended after ${SUITE_MS / 1000} s without a result`);
  return { code: null, output };
}
