// What needs a browser: Chromium against the product running in the lab.
import { existsSync, globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import * as z from 'zod';
import { TEST_LAB } from '../client/test-lab.ts';
import type { Place } from '../state/place.ts';
import { judged, mustHaveRun, nothing, type Print, repository, run, type Tally } from './stage.ts';
import type { Task } from './task.ts';

const PlaywrightReport = z.object({
  stats: z.object({ expected: z.number(), unexpected: z.number(), flaky: z.number(), skipped: z.number() }),
});

export const browserSuites = (): Task[] =>
  globSync('apps/lab/e2e/*.spec.ts', { cwd: repository })
    .toSorted()
    .map((file) => ({ stage: 'browser', file, run: (place, print) => inBrowser(file, place, print) }));

async function inBrowser(file: string, place: Place, print: Print): Promise<Tally> {
  const folder = mkdtempSync(join(tmpdir(), 'signalbox-browser-'));
  const report = join(folder, 'report.json');
  const config = ['--config', 'apps/lab/e2e/playwright.config.ts', '--reporter=list,json'];
  // Each file has a folder for its traces: a run clears its own.
  const output = ['--output', join('test-results', basename(file, '.spec.ts'))];
  try {
    // A browser paints whenever it may: the lab and the console that it looks at go first.
    const code = await run(['nice', '-n', '10', 'playwright', 'test', ...config, ...output, file], {
      env: { [TEST_LAB]: place.folder, PLAYWRIGHT_JSON_OUTPUT_FILE: report },
      print,
    });
    if (!existsSync(report)) return judged(nothing, code ?? 1);
    const { stats } = PlaywrightReport.parse(JSON.parse(readFileSync(report, 'utf8')));
    // A test that needed a second try has failed: a flaky test is a bug.
    return judged(
      mustHaveRun({ passed: stats.expected, failed: stats.unexpected + stats.flaky, skipped: stats.skipped }),
      code,
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
