// The tutorial's NAT cluster from the browser to the kernel, and the screens on the way.
import { expect, type Page, test } from '@playwright/test';
import { testLab } from '../src/client/test-lab.ts';
import { consoleCommand } from '../suites/console-command.ts';
import { freshCluster, openServices, reviewAndApply, servingCluster, signIn } from './operator.ts';

const lab = testLab();
const VIP = 'http://192.168.0.111/';

/** The counters of the service as `ipvsadm -Ln --stats --exact` prints them. */
async function kernelTotals(): Promise<number[]> {
  const printed = await lab.read('node2', ['ipvsadm', '-Ln', '--stats', '--exact']);
  const line = printed.split('\n').find((one) => one.startsWith('TCP  192.168.0.111:80')) ?? '';
  return line.trim().split(/\s+/).slice(2).map(Number);
}

/** The same counters as the services page shows them. */
async function screenTotals(page: Page): Promise<number[]> {
  const heads = await page.getByRole('columnheader').allInnerTexts();
  const row = page.getByRole('row').filter({ hasText: 'tcp 192.168.0.111:80' });
  const cells = await row.locator('th, td').allInnerTexts();
  return ['Conns', 'InPkts', 'OutPkts', 'InBytes', 'OutBytes'].map((name) => {
    const at = heads.findIndex((head) => head.trim() === name);
    return Number((cells[at] ?? '').replaceAll(',', '').trim());
  });
}

test('a weight edited in the browser reaches the kernel, the clients, and comes back as counters', async ({
  page,
}) => {
  const access = await freshCluster(lab);
  using headless = consoleCommand(access);
  await headless.editAndApply((topology) => ({
    ...topology,
    services: topology.services.map((service) => ({ ...service, scheduler: 'wrr' })),
  }));

  await signIn(page, access);
  await openServices(page);
  await page.getByLabel('Weight of rs1').fill('6');
  await page.getByLabel('Weight of rs2').fill('2');
  await page.getByLabel('Weight of rs2').press('Tab');
  await page.getByRole('link', { name: 'Board' }).click();
  await expect(page.getByText('2 changes not applied')).toBeVisible();
  await page.getByRole('button', { name: 'Review' }).click();
  await expect(page.getByText('ipvsadm -e -t 192.168.0.111:80 -r 192.168.137.131:80 -m -w 6')).toBeVisible();
  await page.getByRole('button', { name: 'Apply 2 operations' }).click();
  await expect(page.getByText('Done: every host has what was drawn')).toBeVisible();

  const table = await lab.read('node2', ['ipvsadm', '-Ln']);
  expect(table).toMatch(/TCP\s+192\.168\.0\.111:80 wrr/);
  expect(table).toMatch(/-> 192\.168\.137\.131:80\s+Masq\s+6\s/);
  expect(table).toMatch(/-> 192\.168\.137\.130:80\s+Masq\s+2\s/);
  const answers = await lab.http('node1', VIP, 16);
  expect(answers.filter((answer) => answer.startsWith('rs1'))).toHaveLength(12);
  expect(answers.filter((answer) => answer.startsWith('rs2'))).toHaveLength(4);

  await openServices(page);
  await page.getByText('Totals', { exact: true }).click();
  // Traffic has ended, so both sides come to rest on the same figures.
  await expect.poll(async () => (await kernelTotals())[0], { timeout: 60_000 }).toBe(16);
  await expect.poll(() => screenTotals(page), { timeout: 60_000 }).toEqual(await kernelTotals());
});

test('first apply from the browser; the node page says what its kernel can do', async ({ page }) => {
  const access = await freshCluster(lab);
  await signIn(page, access);
  await expect(page.getByText('All 5 nodes answer')).toBeVisible();
  await reviewAndApply(page, access);
  expect(await lab.read('node2', ['ipvsadm', '-Sn'])).toContain('-A -t 192.168.0.111:80 -s rr\n');

  await page.goto(`${access.url}/clusters/${access.clusterId}/nodes/node2`);
  const release = (await lab.read('node2', ['uname', '-r'])).trim();
  await expect(page.getByText(release).first()).toBeVisible();
  await expect(page.getByText(/loaded as a module|built into the kernel/)).toBeVisible();
});

test('eight tabs at once stay live', async ({ page, context }) => {
  const access = await servingCluster(lab, page);
  const board = `${access.url}/clusters/${access.clusterId}`;
  const tabs = [page];
  while (tabs.length < 8) tabs.push(await context.newPage());
  for (const tab of tabs) await tab.goto(board);
  for (const tab of tabs) await expect(tab.getByText(/sample [0-2]\.\d s old/)).toBeVisible();
  // The tab that listens for all goes; another takes over.
  await tabs.shift()?.close();
  await lab.http('node1', VIP, 10);
  for (const tab of tabs) await expect(tab.getByText(/sample [0-2]\.\d s old/)).toBeVisible();
});
