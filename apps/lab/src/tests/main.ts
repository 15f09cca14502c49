// `npm test`: everything, or `npm test -- [--only source|unit|kernel|lab|browser] [PART OF A FILE NAME ...]`.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { down } from '../commands/down.ts';
import { upDetached } from '../commands/up.ts';
import { type Place, placeOf } from '../state/place.ts';
import { browserTests } from './in-a-browser.ts';
import { suitesInside, suitesOutside } from './on-a-kernel.ts';
import { nothing, say, sum, type Tally } from './stage.ts';
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

/** Runs a stage if it was asked for; what it throws is one failure, so that the other stages still report. */
async function stage(name: Stage, work: () => Promise<Tally>): Promise<Tally> {
  if (!asked(name)) return nothing;
  const began = performance.now();
  say(`\n== ${name}`);
  const tally = await work().catch((error: unknown) => {
    say(error instanceof Error ? (error.stack ?? error.message) : String(error));
    return { ...nothing, failed: 1 };
  });
  const seconds = ((performance.now() - began) / 1000).toFixed(0);
  say(`== ${name}: ${tally.passed} passed, ${tally.failed} failed, ${tally.skipped} skipped (${seconds} s)`);
  return tally;
}

/** One kernel for the whole run, in a place of its own beside any lab a person has open. */
async function withLab(work: (place: Place) => Promise<Tally>): Promise<Tally> {
  const parent = mkdtempSync(join(tmpdir(), 'signalbox-test-'));
  const place = placeOf(join(parent, 'lab'));
  try {
    await upDetached({ place, kernel: null, setup: { scenario: null, realServers: 2, product: false } }, say);
    return await work(place);
  } finally {
    await down(place);
    rmSync(parent, { recursive: true, force: true });
  }
}

const tallies = [await stage('source', checkSource), await stage('unit', () => unitTests(wanted))];
if (asked('kernel') || asked('lab') || asked('browser')) {
  const onKernel = await withLab(async (place) =>
    sum([
      await stage('kernel', () => suitesInside(place, wanted)),
      await stage('lab', () => suitesOutside(place, wanted)),
      await stage('browser', () => browserTests(place, wanted)),
    ]),
  ).catch((error: unknown) => {
    say(error instanceof Error ? (error.stack ?? error.message) : String(error));
    return { ...nothing, failed: 1 };
  });
  tallies.push(onKernel);
}
const { passed, failed, skipped } = sum(tallies);
say(`\n${passed} passed, ${failed} failed, ${skipped} skipped`);
process.exit(failed > 0 || passed === 0 ? 1 : 0);
