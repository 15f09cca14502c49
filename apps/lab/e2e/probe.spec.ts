// The probe in the browser: real requests from the client node, which a page that is loaded again finds going on.
import { expect, type Page, test } from '@playwright/test';
import { testLab } from '../src/client/test-lab.ts';
import { servingCluster } from './operator.ts';

const lab = testLab();

/** Requests that the page has counted; 0 while it shows none. */
const counted = async (page: Page): Promise<number> => {
  const figure = page.locator('dl > div').filter({ hasText: 'probe requests' }).locator('dd');
  return (await figure.isVisible()) ? Number((await figure.innerText()).replaceAll(/\D/g, '')) : 0;
};

/** Connections of the client node to the service. */
const connections = async (): Promise<number> => {
  const sockets = await lab.read('node1', ['ss', '-Htn', 'state', 'established', 'dport', '=', ':80']);
  return sockets.split('\n').filter((line) => line.trim() !== '').length;
};

test('a page that is loaded again finds its probe counting on; Stop leaves nothing on the client node', async ({
  page,
}) => {
  const access = await servingCluster(lab, page);
  await page.goto(`${access.url}/clusters/${access.clusterId}/probe`);
  await page.getByRole('button', { name: 'Start the probe' }).click();
  await expect.poll(() => counted(page), { timeout: 60_000 }).toBeGreaterThan(1000);
  const before = await counted(page);

  await page.reload();
  const stop = page.getByRole('button', { name: 'Stop the probe' });
  await expect(stop).toBeVisible();
  await expect.poll(() => counted(page)).toBeGreaterThan(before);
  expect(await connections()).toBeGreaterThan(0);

  await stop.click();
  await expect.poll(connections, { timeout: 15_000 }).toBe(0);
  await page.reload();
  await expect(page.getByRole('button', { name: 'Start the probe' })).toBeEnabled();
  await expect(stop).toHaveCount(0);
});
