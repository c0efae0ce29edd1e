import { fileURLToPath } from 'node:url';
import type { Page } from '@playwright/test';
import { expect, test } from '../fixtures.ts';
import { makePerson } from '../make-person.ts';
import { expectReceipt, fillReset, planReset, runReset } from '../reset.ts';
import { beginSignIn, enterPassword, signInStaff } from '../sign-in.ts';

const folder = fileURLToPath(new URL('../../docs/screens/', import.meta.url));

const views = [
  { view: 'light', colorScheme: 'light', locale: 'en-GB', viewport: { width: 1280, height: 800 } },
  { view: 'dark', colorScheme: 'dark', locale: 'en-GB', viewport: { width: 1280, height: 800 } },
  { view: 'narrow', colorScheme: 'light', locale: 'en-GB', viewport: { width: 360, height: 740 } },
] as const;

/** Nothing is under way any more: no skeleton, and the fonts are there. */
async function settled(page: Page): Promise<void> {
  await page.waitForLoadState('networkidle');
  await expect(page.locator('[aria-busy="true"]')).toHaveCount(0);
  await expect(page.locator('.skeleton')).toHaveCount(0);
}

for (const { view, ...use } of views) {
  test.describe(view, () => {
    test.use(use);

    test(`pages in ${view}`, async ({ stack, page }) => {
      const picture = async (name: string, fullPage = true) => {
        await settled(page);
        await page.screenshot({ path: `${folder}${name}-${view}.png`, fullPage, animations: 'disabled' });
      };
      await page.goto('/');
      await picture('signed-out');
      await beginSignIn(page);
      await picture('sign-in');
      await enterPassword(page, stack.people.staff('IAM_OWNER'));
      await expect(page.getByLabel('Code')).toBeVisible();
      await picture('sign-in-code');
      await signInStaff(page, stack.people.staff('IAM_OWNER'));
      await picture('users');
      await page.goto('/users?q=nobody-is-called-this');
      await picture('users-empty');
      const person = stack.people.all.find(({ factors }) => factors.length > 4);
      await page.goto(`/users/${person?.userId}`);
      await expect(page.getByRole('button', { name: 'Remove Authenticator app' })).toBeVisible();
      await picture('user');
      await page.getByRole('button', { name: 'Remove Authenticator app' }).click();
      await expect(page.getByRole('dialog')).toBeVisible();
      await picture('removal', false);
      await page.goto(`/users/${stack.people.staff('IAM_OWNER').userId}`);
      await expect(page.getByRole('button', { name: 'Remove Authenticator app' })).toBeVisible();
      await picture('user-self');
      await page.goto('/users/000000000000000000');
      await expect(page.getByRole('alert').first()).toBeVisible();
      await picture('user-unknown');
      await page.goto('/policy');
      await expect(page.getByRole('button', { name: 'Remove Authenticator app' })).toBeVisible();
      await picture('policy');
      const lost = await makePerson(stack, `Lost${view}`, ['totp', 'otpSms']);
      await fillReset(page, lost, 'Phone lost, called back');
      await picture('reset');
      await planReset(page);
      await expect(page.getByRole('button', { name: 'Run', exact: true })).toBeVisible();
      await picture('reset-plan');
      await page.goto('/resets');
      await expect(page.getByRole('link', { name: lost.displayName })).toBeVisible();
      await picture('resets');
      await page.getByRole('link', { name: lost.displayName }).click();
      await runReset(page);
      await expectReceipt(page);
      await picture('receipt');
      await page.goto(`/users/${stack.people.staff('IAM_OWNER').userId}/reset`);
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      await picture('reset-self');
      await page.goto('/approvals');
      await expect(page.getByRole('heading', { level: 1, name: 'Approvals' })).toBeVisible();
      await picture('approvals');
      await page.goto(`/not-me#${'a'.repeat(43)}`);
      await expect(page.getByRole('button', { name: 'Lock my account' })).toBeVisible();
      await picture('not-me');
      for (const name of ['activity', 'me']) {
        await page.goto(`/${name}`);
        await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
        await picture(name);
      }
    });
  });
}

test('pages in Arabic', async ({ stack, page }) => {
  const lost = await makePerson(stack, 'Lostarabic', ['totp', 'otpSms']);
  const person = stack.people.all.find(({ factors }) => factors.length > 4);
  await signInStaff(page, stack.people.staff('IAM_OWNER', 1), '/me');
  await page.getByRole('combobox', { name: 'Language' }).selectOption('ar');
  await expect(page.locator('html')).toHaveAttribute('dir', 'rtl');
  const picture = async (name: string) => {
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await settled(page);
    await page.screenshot({ path: `${folder}${name}-arabic.png`, fullPage: true, animations: 'disabled' });
  };
  for (const [name, path] of [
    ['users', '/users'],
    ['user', `/users/${person?.userId}`],
    ['reset', `/users/${person?.userId}/reset`],
    ['resets', '/resets?show=all'],
    ['approvals', '/approvals'],
    ['policy', '/policy'],
    ['activity', '/activity'],
    ['me', '/me'],
  ]) {
    await page.goto(path ?? '');
    await picture(name ?? '');
  }
  // The case itself: its words are other ones, so it is walked by role alone.
  await page.goto(`/users/${lost.userId}/reset`);
  await page.getByRole('radiogroup').first().getByRole('radio').first().check();
  await page.locator('main form').getByRole('textbox').first().fill('ضاع الهاتف');
  await page.locator('main form button[type="submit"]').click();
  await expect(page).toHaveURL(/\/resets\/[^/]+$/);
  await picture('reset-plan');
  await page.locator('main .button-main, main .button-dangerMain').first().click();
  await expect(page.locator('blockquote.say')).toBeVisible({ timeout: 30_000 });
  await picture('receipt');
});
