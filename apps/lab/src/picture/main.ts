// `npm run picture`: the README's pictures, made from the running product: a lab under load, seen in a real browser.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { chromium } from '@playwright/test';
import { launchOptions } from '../../e2e/playwright.config.ts';
import { signIn as signInByForm } from '../../e2e/operator.ts';
import { labAt } from '../client/lab.ts';
import { applyDraft, signIn } from '../client/signed-in-console.ts';
import { down } from '../commands/down.ts';
import { upDetached } from '../commands/up.ts';
import { underLoad } from '../load/steady-load.ts';
import { placeOf } from '../state/place.ts';

const pictures = fileURLToPath(new URL('../../../../docs/pictures/', import.meta.url));
const size = { width: 1440, height: 900 };
/** The minute's line on the board needs some seconds to be one. */
const WARM_UP_MS = 25_000;

const say = (line: string) => void process.stdout.write(`${line}\n`);
const parent = mkdtempSync(join(tmpdir(), 'signalbox-picture-'));
const place = placeOf(join(parent, 'lab'));
try {
  const setup = { scenario: 'nat' as const, realServers: 2, product: true };
  await upDetached({ place, kernel: null, setup }, say);
  const lab = labAt(place.folder);
  const { console } = await lab.reset('nat', { product: true });
  if (!console) throw new Error('the lab runs no console');
  await applyDraft(await signIn(console));
  await using browser = await chromium.launch(launchOptions);
  await underLoad(lab, { node: 'node1', vip: '192.168.0.111', workers: 3, longLived: 24 }, async () => {
    for (const colorScheme of ['light', 'dark'] as const) {
      const page = await browser.newPage({ viewport: size, colorScheme, locale: 'en-GB' });
      await signInByForm(page, console);
      await sleep(WARM_UP_MS);
      await page.screenshot({ path: join(pictures, `board-${colorScheme}.png`) });
      say(`docs/pictures/board-${colorScheme}.png`);
      await page.close();
    }
  });
} finally {
  await down(place);
  rmSync(parent, { recursive: true, force: true });
}
