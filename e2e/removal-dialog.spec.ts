import { expect, test } from './fixtures.ts';
import { makePerson } from './make-person.ts';
import { openPerson } from './remove-factor.ts';
import { signInStaff } from './sign-in.ts';

test('the dialog says who, what and what follows, wants a reason, and gives the focus back', async ({
  stack,
  page,
}) => {
  const person = await makePerson(stack, 'Dialogue', ['totp', 'otpEmail']);
  await signInStaff(page, stack.people.staff('IAM_OWNER'));
  await openPerson(page, person.displayName);
  const button = page.getByRole('button', { name: 'Remove Authenticator app' });
  await button.focus();
  await page.keyboard.press('Enter');

  const dialog = page.getByRole('dialog', { name: `Remove Authenticator app from ${person.displayName}?` });
  await expect(dialog).toContainText(person.loginName);
  await expect(dialog).toContainText('then a code by email');
  const reason = dialog.getByRole('textbox', { name: 'Reason' });
  await expect(reason).toBeFocused();

  await dialog.getByRole('button', { name: 'Remove' }).click();
  await expect(dialog.getByText('A reason is needed', { exact: false })).toBeVisible();
  await expect(reason).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
  await expect(button).toBeFocused();

  await button.click();
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await expect(button).toBeFocused();
  await page.reload();
  await expect(button).toBeVisible();
});

test('a factor that went meanwhile counts as done, in this tab and in another', async ({ stack, page, context }) => {
  const person = stack.people.take(['otpEmail', 'otpSms']);
  await signInStaff(page, stack.people.staff('IAM_OWNER'));
  await openPerson(page, person.displayName);
  const second = await context.newPage();
  await second.goto(page.url());
  await expect(second.getByRole('button', { name: 'Remove Code by SMS' })).toBeVisible();
  for (const tab of [page, second]) {
    await tab.bringToFront();
    const button = tab.getByRole('button', { name: 'Remove Code by SMS' });
    // The other tab may have noticed by itself that the factor has gone.
    if ((await button.count()) === 0) continue;
    await button.click();
    await tab.getByRole('dialog').getByRole('textbox', { name: 'Reason' }).fill('Number given up');
    await tab.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
    await expect(button).toHaveCount(0);
    await expect(tab.getByRole('alert')).toHaveCount(0);
  }
});
