import type { Person } from '@latchkey/test-kit/person';
import { expect, type Locator, type Page } from '@playwright/test';

export const startReset = (page: Page): Locator => page.getByRole('button', { name: 'Continue' });

/** Opens the first screen of a reset and fills in what every case needs, as the agent of a caller who was called back. */
export async function fillReset(page: Page, person: Pick<Person, 'userId'>, reason: string): Promise<void> {
  await page.goto(`/users/${person.userId}/reset`);
  await page
    .getByRole('radiogroup', { name: 'How was the caller verified?' })
    .getByRole('radio', { name: /^Call back/ })
    .check();
  await page.getByRole('textbox', { name: 'Reason' }).fill(reason);
}

/** Goes on to the plan: the case is stored and nothing is done yet. @returns its address. */
export async function planReset(page: Page): Promise<string> {
  await startReset(page).click();
  await expect(page).toHaveURL(/\/resets\/[^/]+$/);
  return page.url();
}

export async function runReset(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Run', exact: true }).click();
}

/** The end of a case. The word stands nowhere before it. */
export async function expectReceipt(page: Page): Promise<void> {
  await expect(page.getByRole('heading', { name: 'Receipt' })).toBeVisible({ timeout: 30_000 });
}

/** From the first screen to the receipt, with all that is offered. */
export async function resetPerson(page: Page, person: Pick<Person, 'userId'>, reason: string): Promise<void> {
  await fillReset(page, person, reason);
  await planReset(page);
  await runReset(page);
  await expectReceipt(page);
}
