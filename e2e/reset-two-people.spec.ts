import { expect, test } from './fixtures.ts';
import { makeAdmin, makePerson } from './make-person.ts';
import { expectReceipt, fillReset, planReset, runReset } from './reset.ts';
import { signInStaff } from './sign-in.ts';

test('an admin is reset by two people', async ({ browser, stack, page }) => {
  const admin = await makePerson(stack, 'Adminkey', ['totp']);
  await makeAdmin(stack, admin, 'IAM_OWNER_VIEWER');
  await signInStaff(page, stack.people.staff('IAM_OWNER'));
  await fillReset(page, admin, 'Key broken, seen on video');
  const address = await planReset(page);
  await expect(page.getByRole('button', { name: 'Run', exact: true })).toHaveCount(0);
  await page.getByRole('button', { name: /^Ask for approval/ }).click();
  await expect(page.getByText(/waiting/i).first()).toBeVisible();

  // Nobody approves their own.
  await page.goto('/approvals');
  await expect(page.getByText('Kim Adminkey').first()).toBeVisible();
  await expect(page.getByRole('button', { name: /^Approve/ })).toHaveCount(0);

  const second = await (await browser.newContext({ baseURL: stack.publicUrl })).newPage();
  await signInStaff(second, stack.people.staff('IAM_OWNER', 1), '/approvals');
  await expect(second.getByText('Key broken, seen on video').first()).toBeVisible();
  await second.getByRole('button', { name: /^Approve/ }).click();
  await second
    .getByRole('dialog')
    .or(second.getByRole('alertdialog'))
    .getByRole('button', { name: /^Approve/ })
    .click();
  await expect(second.getByText(/approved/i).first()).toBeVisible();

  await page.goto(address);
  await runReset(page);
  await expectReceipt(page);
  await expect(page.getByText(stack.people.staff('IAM_OWNER', 1).displayName).first()).toBeVisible();
});

test('the last factor of an admin is not removed by one person', async ({ stack, page }) => {
  const admin = await makePerson(stack, 'Lastfactor', ['otpEmail']);
  await makeAdmin(stack, admin, 'IAM_OWNER_VIEWER');
  await signInStaff(page, stack.people.staff('IAM_OWNER'), `/users/${admin.userId}`);
  const button = page.getByRole('button', { name: 'Remove Code by email' });
  await expect(button).toBeVisible();
  if (await button.isEnabled()) {
    await button.click();
    const dialog = page.getByRole('dialog').or(page.getByRole('alertdialog'));
    await dialog.getByRole('textbox', { name: 'Reason' }).fill('One person alone');
    await dialog.getByRole('button', { name: 'Remove' }).click();
    await expect(page.getByText('This needs a second person.').first()).toBeVisible();
  } else {
    await expect(page.getByText(/second person/i).first()).toBeVisible();
  }
});
