// The lever in the browser: NAT to DR and back on a real kernel, with requests going all the time.
import { expect, type Page, test } from '@playwright/test';
import { testLab } from '../src/client/test-lab.ts';
import { expectAccessibleNow } from './looks.ts';
import { freshCluster, openServices, reviewAndApply, servingCluster, signIn } from './operator.ts';

const lab = testLab();

const methods = async (): Promise<string[]> => {
  const table = await lab.read('node2', ['ipvsadm', '-Sn']);
  return [...table.matchAll(/^-a .* (-[mgi]) /gm)].map(([, method]) => method ?? '');
};

/** From the board to the end of the switch; answers the sentence that it ends with. */
async function throwLever(page: Page, to: 'NAT' | 'DR'): Promise<string> {
  await page.getByRole('link', { name: 'Board', exact: true }).click();
  await page
    .getByRole('group', { name: /^Forwarding of / })
    .first()
    .getByRole('button', { name: new RegExp(`^Switch .* to ${to}$`) })
    .click();
  await page.getByRole('button', { name: `Switch to ${to}`, exact: true }).click();
  await page.waitForURL(/\/switch\/[^?]+$/);
  const ending = page.getByText(/^[\d,]+ of [\d,]+ requests? failed$/);
  await expect(ending).toBeVisible({ timeout: 180_000 });
  return ending.innerText();
}

test('one click moves the service to DR and back while it is loaded, and no request fails', async ({
  page,
}) => {
  const access = await freshCluster(lab);
  // Under DR the director remembers ended connections for two minutes, and their way stays as long.
  await lab.read('node2', ['ipvsadm', '--set', '0', '3', '0']);
  await signIn(page, access);
  await reviewAndApply(page, access);

  expect(await throwLever(page, 'DR')).toMatch(/^0 of [1-9]/);
  expect(await methods()).toEqual(['-g', '-g']);
  await expectAccessibleNow(page, 'a switch that has ended');

  expect(await throwLever(page, 'NAT')).toMatch(/^0 of [1-9]/);
  expect(await methods()).toEqual(['-m', '-m']);
});

test('a draft that is not applied keeps the lever at rest, and says so', async ({ page }) => {
  await servingCluster(lab, page);
  await openServices(page);
  await page.getByLabel('Weight of rs1').fill('6');
  await page.getByRole('link', { name: 'Board', exact: true }).click();

  await expect(page.getByRole('link', { name: 'Apply or discard first' })).toBeVisible();
  await expect(page.getByRole('button', { name: /^Switch .* to DR$/ }).first()).toBeDisabled();
});
