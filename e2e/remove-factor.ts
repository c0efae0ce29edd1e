import { expect, type Page } from '@playwright/test';

/** Opens a person by what an agent does: types their name and opens the row. */
export async function openPerson(page: Page, displayName: string): Promise<void> {
  await page.goto('/users');
  await page.getByRole('searchbox').fill(displayName);
  await page.getByRole('link', { name: displayName }).first().click();
  await expect(page.getByRole('heading', { level: 1, name: displayName })).toBeVisible();
}

/** Removes one factor on the open person's page and waits for the word that it is done. */
export async function removeFactor(page: Page, factor: string, reason: string): Promise<void> {
  await page.getByRole('button', { name: `Remove ${factor}` }).click();
  const dialog = page.getByRole('dialog').or(page.getByRole('alertdialog'));
  await expect(dialog).toContainText(factor);
  await dialog.getByRole('textbox', { name: 'Reason' }).fill(reason);
  await dialog.getByRole('button', { name: 'Remove' }).click();
  await expect(page.getByText('Removed just now by you')).toBeVisible();
  await expect(page.getByRole('button', { name: `Remove ${factor}` })).toHaveCount(0);
}
