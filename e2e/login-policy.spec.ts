import { expect, test } from './fixtures.ts';
import { beginSignIn, enterCode, enterPassword, expectSignedIn, sentCode, signInStaff } from './sign-in.ts';

test('a second factor type removed from the policy is no longer asked for, and asked for again once it is back', async ({
  browser,
  stack,
  page,
}) => {
  const person = stack.people.take(['otpSms']);
  const signInByPassword = async () => {
    const theirs = await (await browser.newContext({ baseURL: stack.publicUrl })).newPage();
    await beginSignIn(theirs);
    await enterPassword(theirs, person);
    return theirs;
  };
  const before = await signInByPassword();
  await enterCode(before, await sentCode(stack, person, 'otpSms'));
  await expectSignedIn(before);

  await signInStaff(page, stack.people.staff('IAM_OWNER', 2), '/policy');
  await page.getByRole('button', { name: 'Remove Code by SMS' }).click();
  const dialog = page.getByRole('dialog').or(page.getByRole('alertdialog'));
  await dialog.getByRole('textbox', { name: 'Reason' }).fill('SMS is no longer allowed');
  await dialog.getByRole('button', { name: 'Remove' }).click();
  await expect(page.getByRole('button', { name: 'Remove Code by SMS' })).toHaveCount(0);

  await expectSignedIn(await signInByPassword());

  await page.getByRole('button', { name: 'Add back Code by SMS', exact: true }).click();
  const back = page.getByRole('dialog').or(page.getByRole('alertdialog'));
  await back.getByRole('textbox', { name: 'Reason' }).fill('Allowed again');
  await back.getByRole('button', { name: 'Add back' }).click();
  await expect(page.getByRole('button', { name: 'Remove Code by SMS' })).toBeVisible();
  await expect((await signInByPassword()).getByLabel('Code')).toBeVisible();
});
