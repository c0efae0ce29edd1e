import { defineConfig, devices } from '@playwright/test';
import type { StackFixtures } from './e2e/fixtures.ts';

/** `npm run soak` runs what `npm test` has a short form of. */
const soak = process.env.LATCHKEY_SOAK === '1';

const executablePath = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';

export default defineConfig<object, StackFixtures>({
  testDir: 'e2e',
  outputDir: 'test-results',
  fullyParallel: false,
  // One more than a small machine has cores: a story waits as much as it computes.
  workers: 3,
  // What fails once is looked at again with a trace; the report names it, passed or not.
  retries: 1,
  timeout: 90_000,
  expect: { timeout: 15_000 },
  reporter: 'list',
  use: {
    ...devices['Desktop Chrome'],
    locale: 'en-GB',
    timezoneId: 'Europe/Zurich',
    // A trace costs every story a third of its time.
    trace: 'on-first-retry',
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
    {
      name: 'three',
      use: { bffs: 3 },
      testMatch: soak ? /\.spec\.ts/ : /(signing-in|remove-.*|login-policy|three-processes)\.spec\.ts/,
      // These start processes of their own.
      testIgnore: /(connect|starting|reset-interrupted|upstream-faults)\.spec\.ts/,
    },
  ],
});
