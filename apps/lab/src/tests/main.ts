// `npm test`: everything, or `npm test -- [--only source|unit|kernel|lab|browser] [PART OF A FILE NAME ...]`.
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { closeWhenStopped } from '../processes/close-when-stopped.ts';
import { failedTests } from './failed-tests.ts';
import { browserSuites } from './in-a-browser.ts';
import { kernelSuites, labSuites } from './on-a-kernel.ts';
import { endPrograms, nothing, say, sum, type Tally, thrown } from './stage.ts';
import { type Done, type Task, workThrough } from './task.ts';
import { openTestLabs } from './test-labs.ts';
import { checkSource, unitTests } from './without-kernel.ts';

const { values, positionals: wanted } = parseArgs({
  allowPositionals: true,
  options: { only: { type: 'string', multiple: true, default: [] } },
});
const stages = ['source', 'unit', 'kernel', 'lab', 'browser'] as const;
type Stage = (typeof stages)[number];

const unknown = values.only.filter((name) => !stages.some((stage) => stage === name));
if (unknown.length > 0) {
  process.stderr.write(`there is no stage ${unknown.join(', ')}: ${stages.join(', ')}\n`);
  process.exit(2);
}
const asked = (stage: Stage) => values.only.length === 0 || values.only.includes(stage);

/** A lab's kernel keeps one processor busy, and a browser another. */
const LABS_AT_MOST = 2;

const ended = (what: string, { passed, failed, skipped }: Tally, seconds: number) =>
  say(`== ${what}: ${passed} passed, ${failed} failed, ${skipped} skipped (${seconds.toFixed(0)} s)`);

/** What failed, said once more at the end: where it failed may be far above. */
const failures: string[] = [];
const tellFailed = (lines: readonly string[]) => void failures.push(...lines);

/** Runs a stage if it was asked for; what it throws is one failure, so that the other stages still report. */
async function stage(name: Stage, work: () => Promise<Tally>): Promise<Tally> {
  if (!asked(name)) return nothing;
  const began = performance.now();
  say(`\n== ${name}`);
  const tally = await work().catch((error: unknown) => thrown(error));
  ended(name, tally, (performance.now() - began) / 1000);
  return tally;
}

/**
 * What needs a kernel, file by file in two labs. One begins with the browsers, the other with what a busy machine harms
 * least, so that switches under load come when the browsers have gone.
 */
async function inLabs(tasks: readonly Task[]): Promise<Tally> {
  const labs = await openTestLabs(Math.min(LABS_AT_MOST, availableParallelism(), tasks.length));
  const close = closeWhenStopped(() => {
    endPrograms();
    return labs.close();
  });
  const results: Done[] = [];
  try {
    return await workThrough(tasks, {
      places: labs.places,
      done(result) {
        results.push(result);
        ended(result.task.file, result.tally, result.seconds);
      },
    });
  } finally {
    for (const name of stages) {
      const ofStage = results.filter(({ task }) => task.stage === name);
      const seconds = ofStage.reduce((all, result) => all + result.seconds, 0);
      if (ofStage.length > 0) ended(name, sum(ofStage.map(({ tally }) => tally)), seconds);
    }
    for (const { task, tally, printed } of results)
      if (tally.failed > 0) tellFailed([`failed in ${task.file}:`, ...failedTests(printed)]);
    await close();
  }
}

const tallies = [
  await stage('source', () => checkSource(tellFailed)),
  await stage('unit', () => unitTests(wanted, tellFailed)),
];
const tasks = [...browserSuites(), ...labSuites(), ...kernelSuites()].filter(
  (task) => asked(task.stage) && (wanted.length === 0 || wanted.some((part) => task.file.includes(part))),
);
if (tasks.length > 0) tallies.push(await inLabs(tasks).catch((error: unknown) => thrown(error)));
for (const line of failures) say(line);
const { passed, failed, skipped } = sum(tallies);
say(`\n${passed} passed, ${failed} failed, ${skipped} skipped`);
process.exit(failed > 0 || passed === 0 ? 1 : 0);
