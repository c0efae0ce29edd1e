import { expect, test } from './fixtures.ts';
import { makeAdmin, makePerson } from './make-person.ts';
import { fillReset, planReset } from './reset.ts';
import { signInStaff } from './sign-in.ts';
import { callZitadel } from './zitadel-api.ts';

test('a second person refuses, and nothing is done', async ({ browser, stack, page }) => {
  const admin = await makePerson(stack, 'Refusedadmin', ['otpEmail']);
  await makeAdmin(stack, admin, 'IAM_OWNER_VIEWER');
  await signInStaff(page, stack.people.staff('IAM_OWNER', 2));
  await fillReset(page, admin, 'A voice that hurries');
  const address = await planReset(page);
  await page.getByRole('button', { name: /^Ask for approval/ }).click();
  await expect(page.getByText(/waiting/i).first()).toBeVisible();

  const second = await (await browser.newContext({ baseURL: stack.publicUrl })).newPage();
  await signInStaff(second, stack.people.staff('IAM_OWNER', 1), '/approvals');
  const request = second.getByRole('region', { name: 'Reset Kim Refusedadmin' });
  await request.getByRole('button', { name: /^Refuse/ }).click();
  const dialog = second.getByRole('dialog').or(second.getByRole('alertdialog'));
  await dialog.getByRole('textbox', { name: 'Reason' }).fill('Nobody called back');
  await dialog.getByRole('button', { name: /^Refuse/ }).click();
  await expect(dialog).toHaveCount(0);

  await page.goto(address);
  await expect(page.getByText('Nobody called back')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Run', exact: true })).toHaveCount(0);
  const path = `/v2/users/${admin.userId}/authentication_methods`;
  const { authMethodTypes } = await callZitadel<{ authMethodTypes: string[] }>(stack, 'GET', path);
  expect(authMethodTypes).toContain('AUTHENTICATION_METHOD_TYPE_OTP_EMAIL');
});
