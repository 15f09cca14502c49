// An agent that is gone: its host keeps serving, and the screen says what it knows and how old that is.
import { expect, type Locator, type Page, test } from '@playwright/test';
import { testLab } from '../src/client/test-lab.ts';
import { openServices, servingCluster } from './operator.ts';

const lab = testLab();
const VIP = 'http://192.168.0.111/';
/** The console asks a lost agent again at least every twelve seconds. */
const BACK = { timeout: 160_000 };
const OLD = /^(?:[3-9]|\d\d+)(?:\.\d)? s$|min$/;
const LIVE = /^[0-2]\.\d s$/;

/** The cell of a row under the column of this name. */
async function cellOf(page: Page, row: Locator, column: string): Promise<Locator> {
  const heads = await page.getByRole('columnheader').allInnerTexts();
  return row.locator('th, td').nth(heads.findIndex((head) => head.trim() === column));
}

/** The colour that old figures have. */
const grey = (page: Page) =>
  page.evaluate(() => {
    const probe = document.createElement('i');
    probe.style.color = 'var(--ink-3)';
    document.body.append(probe);
    const { color } = getComputedStyle(probe);
    probe.remove();
    return color;
  });

test('a real server whose agent stopped is named, its last figures stay, grey, with their age', async ({
  page,
}) => {
  await servingCluster(lab, page);
  await page.getByRole('link', { name: 'Nodes', exact: true }).click();
  const row = page.getByRole('row', { name: /^rs1 / });
  const sample = await cellOf(page, row, 'Sample');
  const received = await cellOf(page, row, 'In');
  await expect(sample).toHaveText(LIVE);
  await expect(received).toHaveText(/\d/);

  await lab.stopService('node3', 'agent');
  await expect(row).toContainText(/no answer for \d/);
  await expect(page.getByText('4 of 5 nodes answer')).toBeVisible();
  await expect(sample).toHaveText(OLD);
  await expect(received).toHaveText(/\d/);
  for (const cell of [sample, received]) await expect(cell).toHaveCSS('color', await grey(page));

  await row.getByRole('link', { name: 'rs1' }).click();
  await expect(page.getByText('rs1 does not answer')).toBeVisible();
  await expect(page.getByText(/sample (?:[3-9]|\d\d+)(?:\.\d)? s old/)).toBeVisible();
  await expect(page.getByRole('table', { name: 'Interfaces' }).getByText('eth0')).toHaveCSS(
    'color',
    await grey(page),
  );

  // What does not concern it goes on without it.
  await openServices(page);
  await page.getByLabel('Weight of rs2').fill('3');
  await page.getByRole('button', { name: 'Review' }).click();
  await expect(page.getByText('rs1 cannot be asked')).toBeVisible();
  await expect(page.getByText(/can go on without it/)).toBeVisible();
  await page.getByRole('button', { name: 'Apply 1 operation' }).click();
  await expect(page.getByText('Done: every host has what was drawn')).toBeVisible();
  expect(await lab.read('node2', ['ipvsadm', '-Sn'])).toMatch(/-r 192\.168\.137\.130:80 -m -w 3/);

  await page.getByRole('link', { name: 'Nodes', exact: true }).click();
  await lab.startService('node3', 'agent');
  await expect(row).not.toContainText('no answer', BACK);
  await expect(sample).toHaveText(LIVE);
  await expect(page.getByText('All 5 nodes answer')).toBeVisible();
  await expect(received).not.toHaveCSS('color', await grey(page));
});

test('a director whose agent stopped keeps serving; nothing can be applied until it is back', async ({
  page,
}) => {
  await servingCluster(lab, page);
  await lab.http('node1', VIP, 10);
  await openServices(page);
  await page.getByText('Totals', { exact: true }).click();
  const service = page.getByRole('row').filter({ hasText: 'tcp 192.168.0.111:80' });
  const conns = await cellOf(page, service, 'Conns');
  await expect(conns).toHaveText('10');

  await lab.stopService('node2', 'agent');
  await expect(page.getByText('4 of 5 nodes answer')).toBeVisible();
  expect(await lab.http('node1', VIP, 4)).toHaveLength(4);
  await expect(conns).toHaveCSS('color', await grey(page));
  await expect(conns).toHaveText('10');

  await page.getByRole('link', { name: 'Board', exact: true }).click();
  await expect(page.getByText(/^figures (?:[3-9]|\d\d+)(?:\.\d)? s old$/)).toBeVisible();
  const figures = page.getByLabel('Live figures of the cluster').getByRole('definition');
  await expect(figures.first()).toHaveText(/^\d/);
  for (const figure of await figures.all()) await expect(figure).toHaveCSS('color', await grey(page));
  const card = page.getByRole('group', { name: 'director director' });
  await expect(card).toContainText(/no answer for \d/);
  await expect(card.getByText('ActiveConn')).toHaveCSS('color', await grey(page));
  await expect(page.locator('.traffic-dot')).toHaveCount(0);

  await openServices(page);
  await page.getByLabel('Weight of rs1').fill('5');
  await page.getByRole('button', { name: 'Review' }).click();
  await expect(page.getByText('director cannot be asked')).toBeVisible();
  await expect(page.getByText(/nothing can be applied without it/)).toBeVisible();
  const apply = page.getByRole('button', { name: /^Apply|^Record/ });
  await expect(apply).toBeDisabled();

  await page.getByRole('link', { name: 'Board', exact: true }).click();
  await lab.startService('node2', 'agent');
  await expect(page.getByText('All 5 nodes answer')).toBeVisible(BACK);
  await expect(page.getByText(/^figures .* old$/)).toBeHidden();
  await expect(page.getByText(/sample [0-2]\.\d s old/)).toBeVisible();
  await expect(card).not.toContainText('no answer');
  await page.getByRole('button', { name: 'Review' }).click();
  await page.getByRole('button', { name: 'Apply 1 operation' }).click();
  await expect(page.getByText('Done: every host has what was drawn')).toBeVisible();
  expect(await lab.read('node2', ['ipvsadm', '-Sn'])).toMatch(/-r 192\.168\.137\.131:80 -m -w 5/);
});
