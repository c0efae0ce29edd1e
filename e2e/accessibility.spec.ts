import { expectAccessible, expectAccessibleDialog } from './accessible.ts';
import { expect, test } from './fixtures.ts';
import { makePerson } from './make-person.ts';
import { beginSignIn, signInStaff } from './sign-in.ts';
import { callZitadel } from './zitadel-api.ts';

test('every page that nobody has to sign in for is accessible, light and dark', async ({ page }) => {
  for (const path of ['/', '/signed-out', '/sign-in-error?reason=binding', `/not-me#${'a'.repeat(43)}`, '/nowhere']) {
    await page.goto(path);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await expectAccessible(page);
  }
  await beginSignIn(page);
  await expectAccessible(page);
});

test('the pages of people, policy, activity and me, and their dialogs, are accessible, light and dark', async ({
  stack,
  page,
}) => {
  test.setTimeout(120_000);
  const { userId } = await makePerson(stack, 'Axe', ['totp', 'otpEmail']);
  await callZitadel(stack, 'POST', '/v2/sessions', {
    checks: { user: { userId } },
    userAgent: { fingerprintId: 'axe', description: 'Firefox on a laptop' },
  });
  const admin = stack.people.staff('IAM_OWNER');
  await signInStaff(page, admin);
  await expect(page.getByRole('link', { name: admin.displayName }).first()).toBeVisible();
  await page.getByRole('button', { name: 'Help' }).click();
  await expectAccessible(page);

  await page.goto(`/users/${userId}`);
  await expect(page.getByRole('button', { name: /^End session/ })).toBeVisible();
  await expectAccessible(page);
  for (const act of ['Remove Authenticator app', 'Lock', /^End session/]) await expectAccessibleDialog(page, act);

  await page.goto('/policy');
  await expect(page.getByRole('button', { name: 'Remove Authenticator app' })).toBeVisible();
  await expectAccessible(page);
  await expectAccessibleDialog(page, 'Remove Authenticator app');

  await page.goto('/activity');
  await page.getByRole('combobox', { name: 'Person' }).fill('Axe');
  await expect(page.getByRole('option', { name: 'Kim Axe' })).toBeVisible();
  await expect(page.getByRole('listitem').first()).toBeVisible();
  await expectAccessible(page);

  await page.goto('/me');
  await expect(page.getByText('This session')).toBeVisible();
  await page.getByRole('button', { name: 'Help' }).click();
  await expectAccessible(page);
});
