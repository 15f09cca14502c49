// From the sign-in to an applied change and through every dialog, by keyboard only.
import { expect, type Page, test } from '@playwright/test';
import { testLab } from '../src/client/test-lab.ts';
import { enter, expectKept, expectSeen, tabTo } from './keyboard.ts';
import { expectAccessibleNow } from './looks.ts';
import { freshCluster, servingCluster, signIn } from './operator.ts';

const lab = testLab();

test('sign in, open the cluster, change a weight, review, apply', async ({ page }) => {
  const access = await freshCluster(lab);
  await page.goto(`${access.url}/sign-in`);
  await tabTo(page, page.getByLabel('E-mail'));
  await page.keyboard.type(access.email);
  await tabTo(page, page.getByLabel('Password'));
  await page.keyboard.type(access.password);
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/clusters\//);

  await enter(page, page.getByRole('link', { name: 'All clusters' }));
  await page.waitForURL(/\/clusters$/);
  await enter(page, page.getByRole('main').getByRole('link', { name: /^NAT/ }));
  await enter(page, page.getByRole('link', { name: 'Services' }));
  const weight = page.getByLabel('Weight of rs1');
  await tabTo(page, weight);
  await page.keyboard.press('Control+A');
  await page.keyboard.type('6');
  await expect(weight).toHaveValue('6');
  await enter(page, page.getByRole('button', { name: 'Review' }));
  await page.waitForURL(/\/review$/);
  await enter(page, page.getByRole('button', { name: /^Apply \d+ operation/ }));
  await expect(page.getByText('Done: every host has what was drawn')).toBeVisible({ timeout: 120_000 });
  expect(await lab.read('node2', ['ipvsadm', '-Sn'])).toMatch(/-r 192\.168\.137\.131:80 -m -w 6/);
});

/** Opens what `open` opens, closes it by Escape, and finds the focus where it was. */
async function openAndEscape(page: Page, name: RegExp, open: () => Promise<void>): Promise<void> {
  await open();
  const dialog = page.getByRole('dialog', { name });
  await expect(dialog).toBeVisible();
  expect(await dialog.evaluate((element) => element.contains(document.activeElement))).toBe(true);
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await expectKept(page);
}

test('dialogs give the focus back, also when what had it is gone', async ({ page }) => {
  await servingCluster(lab, page);
  await enter(page, page.getByRole('link', { name: 'Board', exact: true }));
  await expect(page.getByRole('group', { name: 'director director' })).toBeVisible();

  // From a menu: back on its button.
  const add = page.getByRole('button', { name: 'Add', exact: true });
  for (const [item, title] of [
    ['Network', /network/i],
    ['Virtual service', /virtual service/i],
  ] as const) {
    await openAndEscape(page, title, async () => {
      if (!(await add.evaluate((button) => button === document.activeElement))) await tabTo(page, add);
      await page.keyboard.press('Enter');
      const wanted = page.getByRole('menuitem', { name: item });
      await expect(wanted).toBeVisible();
      if (item === 'Network') await expectAccessibleNow(page, 'the menu for new things');
      while (!(await wanted.evaluate((one) => one === document.activeElement)))
        await page.keyboard.press('ArrowDown');
      await page.keyboard.press('Enter');
    });
    await expect(add).toBeFocused();
  }

  // From a card: back on the card.
  const card = page.getByRole('group', { name: 'real server rs1' });
  await openAndEscape(page, /^Remove rs1\?$/, async () => {
    await tabTo(page, card, 'Shift+Tab');
    await page.keyboard.press('Delete');
  });
  await expect(card).toBeFocused();
  await expectSeen(page);

  // The card goes: the focus stays on the page, and undo is within reach.
  await page.keyboard.press('Delete');
  await enter(page, page.getByRole('dialog').getByRole('button', { name: 'Remove' }));
  await expect(card).toBeHidden();
  await expectKept(page);
  await enter(page, page.getByRole('button', { name: 'Undo' }));
  await expect(card).toBeVisible();
  await expectKept(page);
});

test('a node is edited from its card, and closing its details keeps the place', async ({ page }) => {
  const access = await freshCluster(lab);
  await signIn(page, access);
  await tabTo(page, page.getByRole('group', { name: 'real server rs2' }));
  await page.keyboard.press('Enter');
  await tabTo(page, page.getByRole('tab', { name: 'Live' }));
  await page.keyboard.press('ArrowRight');
  const name = page.getByLabel('Name', { exact: true });
  await tabTo(page, name);
  await expect(name).toHaveValue('rs2');
  const close = page.getByRole('button', { name: 'Close the details' });
  await tabTo(page, close, 'Shift+Tab');
  await page.keyboard.press('Enter');
  await expect(close).toBeHidden();
  await expectKept(page);
});
