import { expect, test } from './fixtures.ts';
import { makeAdmin, makePerson } from './make-person.ts';
import { signInStaff } from './sign-in.ts';

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
