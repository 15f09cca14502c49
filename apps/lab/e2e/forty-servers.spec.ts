// The board with 2 real servers and with 40, at 1280 and at 1920 pixels, by geometry.
import { expect, type Page, test } from '@playwright/test';
import { testLab } from '../src/client/test-lab.ts';
import { consoleCommand } from '../suites/console-command.ts';
import { faults, readBoard } from './board-geometry.ts';
import { withRealServers } from './drawings.ts';
import { tabTo } from './keyboard.ts';
import { freshCluster, signIn } from './operator.ts';

const lab = testLab();
const small = { width: 1280, height: 800 };
const large = { width: 1920, height: 1080 };
test.use({ viewport: small });

/** Nothing lies on anything else, wires end at their cards, and everything is in sight. */
async function expectLegible(page: Page): Promise<void> {
  await expect.poll(async () => faults(await readBoard(page))).toEqual([]);
}

test('nothing lies on anything else, wires end at their cards, and all is in sight', async ({ page }) => {
  const access = await freshCluster(lab);
  using headless = consoleCommand(access);
  const { cluster } = await headless.status();
  await signIn(page, access);
  for (const { servers, leastPx } of [
    { servers: 2, leastPx: 9 },
    { servers: 40, leastPx: 7 },
  ])
    for (const method of ['masq', 'gate'] as const) {
      await test.step(`${servers} real servers, ${method}`, async () => {
        await headless.save(withRealServers(cluster.topology, servers, method));
        await page.setViewportSize(small);
        await page.goto(`${access.url}/clusters/${access.clusterId}`);
        await expect(page.locator('.react-flow__node-card, .react-flow__node-compact')).toHaveCount(
          servers + 3,
        );
        await expect(page.getByText(/sample [\d.]+ s old/)).toBeVisible();
        await expectLegible(page);
        expect((await readBoard(page)).textPx).toBeGreaterThan(leastPx);
        // The board follows its window.
        await page.setViewportSize(large);
        await expectLegible(page);
        expect((await readBoard(page)).textPx).toBeGreaterThan(9);
      });
    }
});

test('of 40 real servers the last is reached in full size by keyboard, and all come back into sight', async ({
  page,
}) => {
  const access = await freshCluster(lab);
  using headless = consoleCommand(access);
  const { cluster } = await headless.status();
  await headless.save(withRealServers(cluster.topology, 40, 'masq'));
  await signIn(page, access);
  const zoomIn = page.getByRole('button', { name: 'Zoom in' });
  await expect
    .poll(async () => {
      await zoomIn.click();
      return (await readBoard(page)).textPx;
    })
    .toBeGreaterThan(11);
  await tabTo(page, page.getByRole('group', { name: 'real server rs40' }), 'Shift+Tab');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('complementary').getByRole('heading', { name: /^rs40/ })).toBeVisible();
  await page.getByRole('button', { name: 'Fit' }).click();
  await expectLegible(page);
});
