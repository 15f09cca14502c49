// What axe finds on a screen, in both languages and both themes.
import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';

const locales = ['en', 'zh'] as const;
const themes = ['light', 'dark'] as const;

/** Loads a screen in each language, waits until it is `shown`, and lets axe look at it in each theme. */
export async function expectAccessible(
  page: Page,
  url: string,
  shown: (page: Page) => Promise<unknown> = () => Promise.resolve(),
): Promise<void> {
  for (const locale of locales) {
    await page
      .context()
      .addCookies([{ name: 'signalbox-locale', value: locale, url: new URL('/', url).href }]);
    await page.goto(url);
    await expect(page.locator('html')).toHaveAttribute('lang', locale);
    await page.getByRole('main').waitFor();
    await shown(page);
    await expectAccessibleNow(page, `${new URL(url).pathname} ${locale}`);
  }
}

/** The same of the screen as it is now. Between themes only colours differ, so the second is asked about these only. */
export async function expectAccessibleNow(page: Page, name: string): Promise<void> {
  for (const [i, theme] of themes.entries())
    await test.step(`${name} ${theme}`, async () => {
      // The theme is an attribute of the page, whoever sets it.
      await page.locator('html').evaluate((root, value) => (root.dataset['theme'] = value), theme);
      // In the page itself: another page for each look is only needed where frames of strangers are.
      const axe = new AxeBuilder({ page }).setLegacyMode(true);
      const { violations } = await (i === 0
        ? axe
        : axe.withRules(['color-contrast', 'link-in-text-block'])
      ).analyze();
      expect(
        violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`),
      ).toEqual([]);
    });
}
