import { type Stack, startStack } from '@latchkey/test-kit/stack';
import { type BrowserContext, test as base, expect, type Page } from '@playwright/test';
import { findLeaks } from './canary.ts';
import { findViolations } from './violations.ts';

export interface StackFixtures {
  /** Which of ZITADEL's removal APIs the BFF of this project uses. */
  removalApi: 'v1' | 'v2';
  /** How many BFF processes share the work; several share a PostgreSQL, and one of them is killed before each test. */
  bffs: number;
  /** The whole product with data of this worker's own. */
  stack: Stack;
}

/** A page that fails its test when the browser reports a fault: an exception, or a violation of the page's policy. */
function watchFor(page: Page, faults: string[]): void {
  page.on('pageerror', (error) => faults.push(`exception: ${error.message}`));
  page.on('console', (message) => {
    if (/Content[- ]Security[- ]Policy|Trusted ?Type|Refused to/i.test(message.text())) faults.push(message.text());
  });
}

const unwatched = new WeakSet<BrowserContext>();

/** For a context whose pages are an attacker's: what they do violates policies on purpose. Before its first page opens. */
export function leaveUnwatched(context: BrowserContext): void {
  unwatched.add(context);
}

export const test = base.extend<{ faults: string[]; powerCut: undefined }, StackFixtures>({
  removalApi: ['v2', { option: true, scope: 'worker' }],
  bffs: [1, { option: true, scope: 'worker' }],
  stack: [
    async ({ removalApi, bffs }, use) => {
      const database = bffs > 1 ? 'postgres' : 'sqlite';
      const stack = await startStack({ env: { LATCHKEY_REMOVAL_API: removalApi }, bffs, database });
      await use(stack);
      const leaks = await findLeaks(stack);
      const violations = findViolations(stack);
      await stack.stop();
      expect(violations, 'browsers reported violations of the page’s policy').toEqual([]);
      expect(leaks, 'what can authenticate somebody was written down').toEqual([]);
    },
    { scope: 'worker', timeout: 90_000 },
  ],
  powerCut: [
    async ({ stack }, use, { parallelIndex, workerIndex, title }) => {
      const { size } = stack.bffs;
      if (size === 1) return await use(undefined);
      // Another one each time; the test goes on with two, and with three again when it is back.
      const victim = (parallelIndex + workerIndex + title.length) % size;
      await stack.bffs.end(victim, 'SIGKILL');
      const back = stack.bffs.restart(victim);
      await use(undefined);
      await back;
    },
    { auto: true },
  ],
  baseURL: async ({ stack }, use) => use(stack.publicUrl),
  faults: [
    async ({ browser, context }, use) => {
      const faults: string[] = [];
      const watch = (opened: BrowserContext) =>
        void opened.on('page', (page) => {
          if (!unwatched.has(opened)) watchFor(page, faults);
        });
      watch(context);
      // And those that a test opens for itself.
      browser.on('context', watch);
      await use(faults);
      browser.off('context', watch);
      expect(faults, 'the browser reported faults').toEqual([]);
    },
    { auto: true },
  ],
});

export { expect };
