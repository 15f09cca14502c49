// What every browser test begins with: a cluster as new, and an operator who has signed in.
import { expect, type Page } from '@playwright/test';
import { type LabHandle } from '../src/client/lab.ts';
import type { ConsoleAccess } from '../src/wire/control-messages.ts';

/** Machines, agents and console as new; nothing is applied. */
export async function freshCluster(lab: LabHandle, realServers = 2): Promise<ConsoleAccess> {
  const { console } = await lab.reset('nat', { product: true, realServers });
  if (!console) throw new Error('the lab runs no console');
  return console;
}

/** Signs in by the form and waits for the board. */
export async function signIn(page: Page, { url, email, password, clusterId }: ConsoleAccess): Promise<void> {
  await page.goto(`${url}/sign-in`);
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL(new RegExp(`/clusters/${clusterId}$`));
}

/** Goes to the services and waits until they are what is shown: the board has a table with the same fields. */
export async function openServices(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Services' }).click();
  await page.waitForURL(/\/services$/);
  await expect(page.getByRole('region', { name: /^Board of / })).toHaveCount(0);
}

/** Opens the review, applies what it shows, and waits for the end. */
export async function reviewAndApply(page: Page, { url, clusterId }: ConsoleAccess): Promise<void> {
  await page.goto(`${url}/clusters/${clusterId}/review`);
  await page.getByRole('button', { name: /^Apply \d+ operation|^Record this revision/ }).click();
  await expect(page.getByText('Done: every host has what was drawn')).toBeVisible({ timeout: 120_000 });
}

/** A fresh cluster whose drawing an operator, who has signed in, has applied. */
export async function servingCluster(lab: LabHandle, page: Page): Promise<ConsoleAccess> {
  const access = await freshCluster(lab);
  await signIn(page, access);
  await reviewAndApply(page, access);
  return access;
}
