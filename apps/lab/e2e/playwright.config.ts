import { defineConfig } from '@playwright/test';

/** Debian's Chromium. Its background traffic is off: nothing here may speak to anyone but the console. */
export const launchOptions = {
  executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ],
};

export default defineConfig({
  testDir: '.',
  testMatch: '*.spec.ts',
  outputDir: '../../../test-results',
  // One lab, one cluster: the tests take turns.
  workers: 1,
  fullyParallel: false,
  retries: 0,
  timeout: 480_000,
  expect: { timeout: 60_000 },
  use: {
    viewport: { width: 1440, height: 900 },
    locale: 'en-GB',
    // A trace costs as much as the test, and nobody can open one that CI leaves.
    trace: process.env['CI'] ? 'off' : 'retain-on-failure',
    launchOptions,
  },
});
