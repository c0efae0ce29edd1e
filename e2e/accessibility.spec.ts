import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { makePerson } from './make-person.ts';
import { openPerson } from './remove-factor.ts';
import { expectReceipt, fillReset, planReset, runReset, startReset } from './reset.ts';
import { beginSignIn, signInStaff } from './sign-in.ts';

async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`)).toEqual([]);
}

for (const colorScheme of ['light', 'dark'] as const) {
  test(`every page and dialog is accessible in ${colorScheme}`, async ({ stack, page }) => {
    test.setTimeout(180_000);
    await page.emulateMedia({ colorScheme });
    await page.goto('/');
    await expect(page.getByRole('main').getByRole('button', { name: 'Sign in' })).toBeVisible();
    await expectAccessible(page);
    await beginSignIn(page);
    await expectAccessible(page);
    await signInStaff(page, stack.people.staff('IAM_OWNER'));
    await expect(page.getByRole('link', { name: stack.people.staff('IAM_OWNER').displayName }).first()).toBeVisible();
    await expectAccessible(page);

    await openPerson(page, stack.people.all.find(({ factors }) => factors.length > 4)?.displayName ?? '');
    await expect(page.getByRole('button', { name: 'Remove Authenticator app' })).toBeVisible();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Remove Authenticator app' }).click();
    await expect(page.getByRole('dialog')).toBeVisible();
    await expectAccessible(page);

    await page.goto('/policy');
    await expect(page.getByRole('button', { name: 'Remove Authenticator app' })).toBeVisible();
    await expectAccessible(page);
    const person = await makePerson(stack, `Axe${colorScheme}`, ['otpEmail', 'otpSms']);
    await page.goto(`/users/${person.userId}/reset`);
    await startReset(page).click();
    await expect(page.getByText('Choose how you made sure who is calling.')).toBeVisible();
    await expectAccessible(page);
    await fillReset(page, person, 'Phone lost');
    await planReset(page);
    await expect(page.getByRole('heading', { name: 'The plan' })).toBeVisible();
    await expectAccessible(page);
    await runReset(page);
    await expectReceipt(page);
    await expect(page.getByRole('heading', { name: 'Read this to the caller' })).toBeVisible();
    await expectAccessible(page);
    await page.goto('/resets?show=all');
    await expect(page.getByRole('link', { name: person.displayName })).toBeVisible();
    await expectAccessible(page);
    await page.goto('/approvals');
    await expect(page.getByText('Nothing waits for a second person.')).toBeVisible();
    await expectAccessible(page);
    await page.goto(`/not-me#${'a'.repeat(43)}`);
    await expect(page.getByRole('button', { name: 'Lock my account' })).toBeVisible();
    await expectAccessible(page);
    await page.goto('/nowhere');
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await expectAccessible(page);
  });
}
