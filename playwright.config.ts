import { defineConfig, devices } from '@playwright/test';
import type { StackFixtures } from './e2e/fixtures.ts';

const executablePath = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';

export default defineConfig<object, StackFixtures>({
  testDir: 'e2e',
  outputDir: 'test-results',
  fullyParallel: false,
  workers: 2,
  retries: 0,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: 'list',
  use: {
    ...devices['Desktop Chrome'],
    locale: 'en-GB',
    timezoneId: 'Europe/Zurich',
    trace: 'retain-on-failure',
    screenshot: 'only-on-failure',
    launchOptions: {
      executablePath,
      args: ['--disable-quic', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
    },
  },
  projects: [
    { name: 'v2', use: { removalApi: 'v2' }, testIgnore: /three-processes/ },
    // The removals once more through the older API, as an operator of an older ZITADEL runs it.
    { name: 'v1', use: { removalApi: 'v1' }, testMatch: /remove-.*\.spec\.ts/ },
    // Three processes on one PostgreSQL behind a round-robin, one of them killed before each test.
    { name: 'three', use: { bffs: 3 }, testMatch: /(signing-in|remove-.*|login-policy|three-processes)\.spec\.ts/ },
  ],
});
