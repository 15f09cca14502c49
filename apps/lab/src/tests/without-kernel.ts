// What needs neither a kernel nor a browser: the checks of the source, and the unit tests.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as z from 'zod';
import { failedUnitTests, VitestFiles } from './failed-tests.ts';
import { judged, mustHaveRun, nothing, run, say, sum, type Tally } from './stage.ts';

const checks: readonly (readonly [what: string, argv: readonly string[]])[] = [
  ['formatted', ['biome', 'format', '.']],
  ['linted', ['oxlint', '--type-aware', '--deny-warnings']],
  ['typed', ['turbo', 'run', 'typecheck', '--output-logs=errors-only']],
  ['inside its walls', ['depcruise', '--config', '.dependency-cruiser.mjs', 'apps', 'packages']],
];

/** Takes lines about what failed, to be said again at the end of the run. */
export type TellFailed = (lines: readonly string[]) => void;

/** Each check of the source counts as one test. */
export async function checkSource(tellFailed: TellFailed): Promise<Tally> {
  const tallies: Tally[] = [];
  for (const [what, argv] of checks) {
    const code = await run(argv);
    say(code === 0 ? `ok: ${what}` : `NOT ok: ${what}`);
    if (code !== 0) tellFailed([`failed: the source is not ${what}`]);
    tallies.push(judged({ ...nothing, passed: code === 0 ? 1 : 0 }, code));
  }
  return sum(tallies);
}

const VitestReport = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numPendingTests: z.number(),
  testResults: VitestFiles,
});

/** vitest over every workspace. */
export async function unitTests(files: readonly string[], tellFailed: TellFailed): Promise<Tally> {
  const folder = mkdtempSync(join(tmpdir(), 'signalbox-unit-'));
  const report = join(folder, 'report.json');
  try {
    const code = await run([
      'vitest',
      'run',
      '--reporter=dot',
      '--reporter=json',
      `--outputFile.json=${report}`,
      ...files,
    ]);
    const read = VitestReport.parse(JSON.parse(readFileSync(report, 'utf8')));
    const tally = { passed: read.numPassedTests, failed: read.numFailedTests, skipped: read.numPendingTests };
    tellFailed(failedUnitTests(read.testResults));
    return judged(mustHaveRun(tally), code);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
