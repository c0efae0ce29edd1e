import { expect, test } from './fixtures.ts';
import { makePerson } from './make-person.ts';
import { fillReset, planReset, startReset } from './reset.ts';
import { signInStaff } from './sign-in.ts';

test('a second agent finds the case of the first, and can take it over', async ({ browser, stack, page }) => {
  const person = await makePerson(stack, 'Twice', ['totp']);
  await signInStaff(page, stack.people.staff('IAM_USER_MANAGER'));
  await fillReset(page, person, 'Phone lost');
  const address = await planReset(page);

  const second = await (await browser.newContext({ baseURL: stack.publicUrl })).newPage();
  await signInStaff(second, stack.people.staff('IAM_OWNER', 2), `/users/${person.userId}/reset`);
  await expect(second.getByText(stack.people.staff('IAM_USER_MANAGER').displayName).first()).toBeVisible();
  await expect(startReset(second)).toHaveCount(0);
  await second.goto(address);
  await expect(second.getByRole('button', { name: 'Run', exact: true })).toHaveCount(0);
  await second.getByRole('button', { name: 'Take over' }).click();
  await second
    .getByRole('dialog')
    .or(second.getByRole('alertdialog'))
    .getByRole('button', { name: 'Take over' })
    .click();
  await expect(second.getByRole('button', { name: 'Run', exact: true })).toBeVisible();
  await page.reload();
  await expect(page.getByRole('button', { name: 'Run', exact: true })).toHaveCount(0);
});
