// axe finds nothing: every screen, in English and Chinese, light and dark.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { testLab } from '../src/client/test-lab.ts';
import { runConsole } from '../src/product/console.ts';
import { freePort } from '../src/product/free-port.ts';
import { consoleCommand } from '../suites/console-command.ts';
import { expectAccessible, expectAccessibleNow } from './looks.ts';
import { freshCluster, servingCluster, signIn } from './operator.ts';

const lab = testLab();
const VIP = 'http://192.168.0.111/';
test.setTimeout(1_200_000);
// Nothing fades: what axe sees is what is there.
test.use({ viewport: { width: 1280, height: 800 }, contextOptions: { reducedMotion: 'reduce' } });

/** Figures have come in. */
const live = (page: Page) => expect(page.getByText(/\d\.\d s|\d\.\d 秒/).first()).toBeVisible();

/** Presses the button of a form, whatever it is called here. */
const submit = (page: Page) => page.locator('main button[type=submit]').click();

/** Opens an entry of the board's menu for new things, counted from its end. */
async function openNew(page: Page, fromEnd: number): Promise<void> {
  await page.locator('.react-flow__panel [aria-haspopup=menu]').click();
  await page.getByRole('menuitem').nth(-fromEnd).click();
  await page.getByRole('dialog').waitFor();
}

const openDraftMenu = (page: Page) => page.locator('section [aria-haspopup=menu]').last().click();

/** The drawing with other weights: a draft that is not applied. */
async function withOtherWeights(headless: ReturnType<typeof consoleCommand>) {
  const { topology } = (await headless.status()).cluster;
  return {
    ...topology,
    services: topology.services.map((service) => ({
      ...service,
      destinations: service.destinations.map((one) => ({ ...one, weight: 4 })),
    })),
  };
}

test('the first run and the sign-in, also when it fails', async ({ page }) => {
  const data = mkdtempSync(join(tmpdir(), 'signalbox-first-run-'));
  const [port, enrolPort] = [await freePort(), await freePort()];
  const console = runConsole({ data, port, enrolPort }, () => undefined);
  try {
    await console.ready;
    const url = `http://127.0.0.1:${port}`;
    await page.goto(url);
    await expect(page).toHaveURL(`${url}/setup`);
    await expectAccessible(page, `${url}/setup`);
    const { url: running } = await freshCluster(lab);
    await expectAccessible(page, `${running}/sign-in`);
    await expectAccessible(page, `${running}/sign-in`, async () => {
      await page.locator('input[type=email]').fill('nobody@lab.example');
      await page.locator('input[type=password]').fill('not the password');
      await submit(page);
      await expect(page.locator('form [role=alert]')).not.toBeEmpty();
    });
  } finally {
    await console.stop();
    rmSync(data, { recursive: true, force: true });
  }
});

test('the screens of a cluster at rest, and what is opened on them', async ({ page }) => {
  const access = await servingCluster(lab, page);
  const rollout = page.url();
  const root = `${access.url}/clusters/${access.clusterId}`;
  await expectAccessible(page, root, live);
  await expectAccessible(page, `${root}?node=node2`, live);
  await expectAccessible(page, `${root}?node=node2`, () => page.getByRole('tab').last().click());
  await expectAccessible(page, `${root}?service=web`, () => page.getByRole('tab').last().click());
  await expectAccessible(page, root, () => openNew(page, 1));

  // The other screens of the same cluster, still at rest.
  await expectAccessible(page, `${access.url}/clusters`);
  await expectAccessible(page, `${access.url}/nowhere`);
  await expectAccessible(page, `${root}/services`);
  await expectAccessible(page, `${root}/nodes`, live);
  await expectAccessible(page, `${root}/nodes/node2`, () =>
    expect(page.getByText('wrr').first()).toBeVisible(),
  );
  await page.getByRole('main').locator('button').first().click();
  await page.getByRole('dialog').waitFor();
  await expectAccessibleNow(page, 'a node to be put out');
  await expectAccessible(page, `${root}/changes`);
  await expectAccessible(page, rollout);
  await expectAccessible(page, `${root}/switch`, () => expect(page.getByRole('list').first()).toBeVisible());
  await expectAccessible(page, `${root}/switch?to=gate`, () =>
    expect(page.getByRole('checkbox')).toBeVisible(),
  );
});

test('menus, and a draft to be dropped', async ({ page }) => {
  const access = await servingCluster(lab, page);
  const root = `${access.url}/clusters/${access.clusterId}`;
  for (const which of [0, 1])
    await expectAccessible(page, `${access.url}/clusters`, async () => {
      await page.locator('header [aria-haspopup=menu]').nth(which).click();
      await page.getByRole('menu').waitFor();
    });
  using headless = consoleCommand(access);
  await headless.save(await withOtherWeights(headless));
  await expectAccessible(page, root, () => openDraftMenu(page));
  await expectAccessible(page, root, async () => {
    await openDraftMenu(page);
    await page.getByRole('menuitem').last().click();
    await page.getByRole('dialog').waitFor();
  });
});

test('the screens of a cluster in which something is done: a probe, a switch under way', async ({ page }) => {
  const access = await servingCluster(lab, page);
  const root = `${access.url}/clusters/${access.clusterId}`;
  await page.goto(`${root}/probe`);
  await submit(page);
  const answered = () => expect(page.getByRole('listitem').filter({ hasText: 'rs1' }).first()).toBeVisible();
  await answered();
  // It goes on while pages are loaded.
  await expectAccessible(page, `${root}/probe`, answered);
  await submit(page);

  // A client that goes on asking over one connection: until it ends, the switch waits for it.
  const asking = ['curl', '--silent', '--rate', '1/s', ...Array.from({ length: 1200 }, () => VIP)];
  const client = lab.exec('node1', asking, { timeoutMs: 1_200_000 }).catch(() => null);
  await page.goto(`${root}/switch?to=gate`);
  await page.getByRole('checkbox').uncheck();
  await page.locator('main button').last().click();
  await page.waitForURL(/\/switch\/[^?]+$/);
  const underWay = () => expect(page.locator('header a[href*="/switch/"]')).toBeVisible();
  await expectAccessible(page, page.url(), () => expect(page.getByRole('progressbar')).toBeVisible());
  await expectAccessible(page, root, underWay);
  await page.locator('header a[href*="/switch/"]').click();
  await page.getByRole('progressbar').waitFor();
  await page
    .locator('main button')
    .filter({ hasText: /Cut|切断/ })
    .first()
    .click();
  await page.getByRole('dialog').waitFor();
  await expectAccessibleNow(page, 'connections to be cut');
  await lab.read('node1', ['pkill', '--exact', 'curl']);
  await client;
});

test('the screens of a cluster in which something waits or is wrong', async ({ page }) => {
  const access = await freshCluster(lab);
  using headless = consoleCommand(access);
  await headless.save(await withOtherWeights(headless));
  await lab.stopService('node3', 'agent');
  await signIn(page, access);
  const root = `${access.url}/clusters/${access.clusterId}`;
  const lost = () =>
    expect(page.getByText(/no answer for|cannot be asked|does not answer|无响应|无法/).first()).toBeVisible();
  await expectAccessible(page, `${root}/review`, lost);
  await expectAccessible(page, root, lost);
  await expectAccessible(page, `${root}/nodes/node3`, lost);
  await expectAccessible(page, root, async () => {
    await page.locator('.react-flow__node[data-id=node3]').focus();
    await page.keyboard.press('Delete');
    await page.getByRole('dialog').waitFor();
  });
});
