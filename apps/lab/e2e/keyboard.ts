// A person without a mouse: goes to things by Tab, and at each step sees where they are.
import { expect, type Locator, type Page } from '@playwright/test';

const MOST_STEPS = 150;

/** Presses Tab (or Shift+Tab) until `target` has the focus; wherever it stands on the way, it can be seen. */
export async function tabTo(page: Page, target: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  await expect(target).toBeVisible();
  for (let step = 0; step < MOST_STEPS; step++) {
    await page.keyboard.press(key);
    // Past the end of a page the browser itself has the focus, once; the next step begins anew.
    if (await page.evaluate(() => document.activeElement === document.body)) await page.keyboard.press(key);
    await expectSeen(page);
    if (await target.evaluate((element) => element === document.activeElement)) return;
  }
  throw new Error(`${String(target)} is not reached by ${key}`);
}

/** Goes to `target` and presses Enter. */
export async function enter(page: Page, target: Locator): Promise<void> {
  await tabTo(page, target);
  await page.keyboard.press('Enter');
}

/** The focus is on something, in sight, marked, and not under anything else. */
export async function expectSeen(page: Page): Promise<void> {
  expect(await page.evaluate(focusSeen)).toBe('seen');
}

/** The focus is on something: not lost to the page as a whole. */
export async function expectKept(page: Page): Promise<void> {
  await expect.poll(() => page.evaluate(focusSeen)).not.toMatch(/^nothing/);
}

/** Runs in the page. */
function focusSeen(): string {
  const focused = document.activeElement;
  if (!(focused instanceof HTMLElement) || focused === document.body) return 'nothing has the focus';
  const name = focused.getAttribute('aria-label') ?? focused.textContent.slice(0, 40);
  const said = `${focused.tagName.toLowerCase()} "${name}"`;
  const { x, y, width, height } = focused.getBoundingClientRect();
  if (width < 2 || height < 2) return `${said} has no size`;
  const style = getComputedStyle(focused);
  const marked = style.outlineStyle !== 'none' && Number.parseFloat(style.outlineWidth) >= 1;
  const toned = style.boxShadow !== 'none' || focused.hasAttribute('data-highlighted');
  if (!marked && !toned) return `${said} is not marked`;
  const spots = [
    [x + width / 2, y + height / 2],
    [x + 4, y + 4],
    [x + width - 4, y + height - 4],
  ] as const;
  const free = spots.some(([left, top]) => {
    const there = document.elementFromPoint(left, top);
    return there !== null && (focused.contains(there) || there.contains(focused));
  });
  return free ? 'seen' : `${said} is out of sight or under something`;
}
