// Two operators draw the same cluster: the second save shows both sides, and nothing that was typed is lost.
import { type Browser, expect, type Page, test } from '@playwright/test';
import { Topology } from '@signalbox/cluster';
import * as z from 'zod';
import { type SignedInConsole, signIn as apiOf } from '../src/client/signed-in-console.ts';
import { testLab } from '../src/client/test-lab.ts';
import type { ConsoleAccess } from '../src/wire/control-messages.ts';
import { expectAccessibleNow } from './looks.ts';
import { freshCluster, openServices, signIn } from './operator.ts';

const lab = testLab();

/** One more operator, in a browser of their own, at the services of the cluster. */
async function operator(browser: Browser, access: ConsoleAccess): Promise<Page> {
  const page = await (await browser.newContext()).newPage();
  await signIn(page, access);
  await openServices(page);
  return page;
}

async function twoOperators(browser: Browser) {
  const access = await freshCluster(lab);
  const [first, second] = [await operator(browser, access), await operator(browser, access)];
  return { api: await apiOf(access), first, second };
}

const weight = (page: Page, server: string) => page.getByLabel(`Weight of ${server}`);
const save = (page: Page) => page.getByRole('button', { name: 'Save draft' }).click();
const dialogOf = (page: Page) => page.getByRole('dialog', { name: /saved meanwhile$/ });

const Stored = z.object({ topology: Topology });

/** Weights as the console has them stored. */
async function storedWeights(api: SignedInConsole): Promise<Record<string, number>> {
  const { topology } = Stored.parse(await api.query('clusters.get', { clusterId: api.clusterId }));
  return Object.fromEntries(
    topology.services.flatMap(({ destinations }) =>
      destinations.map(({ id, weight: stored }) => [id.replace('web-', ''), stored]),
    ),
  );
}

test('edits of different things: both sides are shown, cancelled without loss, then put together', async ({
  browser,
}) => {
  const { api, first, second } = await twoOperators(browser);
  await weight(second, 'rs1').fill('6');
  await weight(first, 'rs2').fill('3');
  await save(first);
  await expect(first.getByText('Draft saved')).toBeVisible();
  // The button that saved is gone: the next step has the focus.
  await expect(first.getByRole('button', { name: 'Review' })).toBeFocused();

  await save(second);
  const dialog = dialogOf(second);
  await expect(dialog.getByText(/rs2.*weight 1 → 3/)).toBeVisible();
  await expect(dialog.getByText(/rs1.*weight 1 → 6/).first()).toBeVisible();
  expect(await storedWeights(api)).toEqual({ rs1: 1, rs2: 3 });
  await expectAccessibleNow(second, 'a save that was overtaken');
  await second.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await expect(weight(second, 'rs1')).toHaveValue('6');

  await save(second);
  await dialog.getByRole('button', { name: 'Put mine on top' }).click();
  await expect(second.getByText('Draft saved')).toBeVisible();
  expect(await storedWeights(api)).toEqual({ rs1: 6, rs2: 3 });
  await expect(weight(second, 'rs2')).toHaveValue('3');
  // Who has nothing of their own to lose sees it without a reload.
  await expect(weight(first, 'rs1')).toHaveValue('6');
});

test('edits of one thing: theirs is not overwritten, and mine stands beside it until I choose', async ({
  browser,
}) => {
  const { api, first, second } = await twoOperators(browser);
  await weight(second, 'rs1').fill('6');
  await weight(second, 'rs2').fill('4');
  await weight(first, 'rs1').fill('9');
  await save(first);
  await expect(first.getByText('Draft saved')).toBeVisible();

  // Review saves first: it meets the conflict too, and does not go on as if nothing were.
  await second.getByRole('button', { name: 'Review' }).click();
  const dialog = dialogOf(second);
  await expect(dialog.getByRole('heading', { name: /^Touches what .* changed, left out$/ })).toBeVisible();
  await expect(dialog.getByText(/rs1.*weight 1 → 9/)).toBeVisible();
  await dialog.getByRole('button', { name: 'Cancel, keep editing mine' }).click();
  await expect(second).toHaveURL(/\/services/);
  await expect(weight(second, 'rs1')).toHaveValue('6');
  await expect(weight(second, 'rs2')).toHaveValue('4');

  await save(second);
  await dialog.getByRole('button', { name: 'Put mine on top' }).click();
  await expect(weight(second, 'rs1')).toHaveValue('9');
  await expect(weight(second, 'rs2')).toHaveValue('4');
  expect(await storedWeights(api)).toEqual({ rs1: 9, rs2: 4 });

  // Having seen theirs, one may insist: an ordinary edit now.
  await weight(second, 'rs1').fill('6');
  await save(second);
  await expect(weight(first, 'rs1')).toHaveValue('6');

  // With nothing of one's own left, only theirs can be taken.
  await weight(second, 'rs2').fill('7');
  await weight(first, 'rs2').fill('2');
  await save(first);
  await expect(weight(second, 'rs2')).toHaveValue('7');
  await save(second);
  await expect(dialog.getByRole('button', { name: 'Put mine on top' })).toBeDisabled();
  await dialog.getByRole('button', { name: 'Take theirs, drop mine' }).click();
  await expect(weight(second, 'rs2')).toHaveValue('2');
  expect(await storedWeights(api)).toEqual({ rs1: 6, rs2: 2 });
});
