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
  const own = page.getByRole('region', { name: 'Reset Kim Adminkey' });
  await expect(own.getByRole('button', { name: 'Withdraw' })).toBeVisible();
  await expect(own.getByRole('button', { name: /^Approve/ })).toHaveCount(0);

  const second = await (await browser.newContext({ baseURL: stack.publicUrl })).newPage();
  await signInStaff(second, stack.people.staff('IAM_OWNER', 1), '/approvals');
  const request = second.getByRole('region', { name: 'Reset Kim Adminkey' });
  await expect(request.getByText('Key broken, seen on video')).toBeVisible();
  await request.getByRole('button', { name: /^Approve/ }).click();
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
