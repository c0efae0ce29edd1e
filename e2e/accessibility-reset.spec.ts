import { expectAccessible, expectAccessibleDialog } from './accessible.ts';
import { expect, test } from './fixtures.ts';
import { makeAdmin, makePerson } from './make-person.ts';
import { expectReceipt, fillReset, planReset, runReset, startReset } from './reset.ts';
import { signInStaff } from './sign-in.ts';
import { callZitadel } from './zitadel-api.ts';

test('a reset is accessible from its form to its receipt, stopped on its way, light and dark', async ({
  stack,
  page,
}) => {
  test.setTimeout(120_000);
  const person = await makePerson(stack, 'Axereset', ['otpEmail', 'otpSms']);
  await signInStaff(page, stack.people.staff('IAM_OWNER'), `/users/${person.userId}/reset`);
  await startReset(page).click();
  await expect(page.getByText('Choose how you made sure who is calling.')).toBeVisible();
  await expectAccessible(page);
  await fillReset(page, person, 'Phone lost');
  await planReset(page);
  await expect(page.getByRole('heading', { name: 'The plan' })).toBeVisible();
  await expectAccessible(page);
  await expectAccessibleDialog(page, 'Cancel the case');

  // Somebody else locks the account meanwhile: the case stops at that step.
  await callZitadel(stack, 'POST', `/v2/users/${person.userId}/lock`, {});
  await runReset(page);
  await expect(page.getByRole('button', { name: 'Run again' })).toBeVisible();
  await expectAccessible(page);
  await expectAccessibleDialog(page, 'Skip this step');
  await page.getByRole('button', { name: 'Run again' }).click();
  await expectReceipt(page);
  await expect(page.getByRole('heading', { name: 'Read this to the caller' })).toBeVisible();
  await expectAccessible(page);
  await page.goto('/resets?show=all');
  await expect(page.getByRole('link', { name: person.displayName })).toBeVisible();
  await expectAccessible(page);
});

test('what waits for a second person is accessible on both sides, light and dark', async ({ browser, stack, page }) => {
  test.setTimeout(120_000);
  const admin = await makePerson(stack, 'Axeadmin', ['otpEmail']);
  await makeAdmin(stack, admin, 'IAM_OWNER_VIEWER');
  await signInStaff(page, stack.people.staff('IAM_OWNER', 2));
  await fillReset(page, admin, 'Key broken, seen on video');
  const address = await planReset(page);
  await page.getByRole('button', { name: /^Ask for approval/ }).click();
  await expect(page.getByText('Waiting for a second person,')).toBeVisible();
  await expectAccessible(page);

  const second = await (await browser.newContext({ baseURL: stack.publicUrl })).newPage();
  await signInStaff(second, stack.people.staff('IAM_OWNER', 1), '/approvals');
  await expect(second.getByRole('button', { name: /^Approve/ })).toBeVisible();
  await expectAccessible(second);
  for (const decision of [/^Approve/, /^Refuse/]) await expectAccessibleDialog(second, decision);
  await second.goto(address);
  await expectAccessibleDialog(second, 'Take over');

  await page.goto('/approvals');
  await expectAccessibleDialog(page, 'Withdraw');
});
