// What an operator may say to a switch that is under way, on a real kernel.
import { expect, type Page, test } from '@playwright/test';
import { testLab } from '../src/client/test-lab.ts';
import { expectAccessibleNow } from './looks.ts';
import { freshCluster, reviewAndApply, signIn } from './operator.ts';

const lab = testLab();

async function methodsAre(wanted: string): Promise<void> {
  await expect
    .poll(
      async () => {
        const table = await lab.read('node2', ['ipvsadm', '-Sn']);
        return [...table.matchAll(/^-a .* (-[mgi]) /gm)].map(([, method]) => method).join(' ');
      },
      { timeout: 120_000 },
    )
    .toBe(wanted);
}

const say = (page: Page, words: string) => page.getByRole('button', { name: words, exact: true }).click();

test('a switch to be confirmed, kept, thrown to and fro with both ways open, and ended', async ({ page }) => {
  const access = await freshCluster(lab);
  await lab.read('node2', ['ipvsadm', '--set', '0', '3', '0']);
  await signIn(page, access);
  await reviewAndApply(page, access);
  await page.getByRole('link', { name: 'Board', exact: true }).click();
  await page
    .getByRole('group', { name: /^Forwarding of / })
    .first()
    .getByRole('button', { name: /^Switch .* to DR$/ })
    .click();
  await page.getByLabel('Undo it unless I confirm within').selectOption('3 minutes');
  await say(page, 'Switch to DR');
  await expect(page.getByText('Unless you confirm, that is undone')).toBeVisible({ timeout: 120_000 });
  await expect(page.getByText(/^Left: [0-2]:\d\d$/)).toBeVisible();
  await methodsAre('-g -g');
  await expectAccessibleNow(page, 'a switch to be confirmed');

  await say(page, 'It stays DR');
  await expect(page.getByText('Unless you confirm, that is undone')).toBeHidden();
  await say(page, 'Keep both ways');
  await expect(page.getByText('Both ways are kept open. New connections go by DR.')).toBeVisible();
  await say(page, 'Go back to NAT');
  await methodsAre('-m -m');
  await expect(page.getByText('Both ways are kept open. New connections go by NAT.')).toBeVisible();
  await say(page, 'Go on to DR');
  await methodsAre('-g -g');
});
