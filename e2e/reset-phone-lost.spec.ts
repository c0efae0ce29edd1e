import { expect, test } from './fixtures.ts';
import { makePerson } from './make-person.ts';
import { expectReceipt, fillReset, planReset, runReset, startReset } from './reset.ts';
import { beginSignIn, enterPassword, expectSignedIn, signInStaff } from './sign-in.ts';

test('an agent gets somebody back in who has lost the phone with both factors on it', async ({
  browser,
  stack,
  page,
}) => {
  const person = await makePerson(stack, 'Phonelost', ['totp', 'otpSms']);
  await signInStaff(page, stack.people.staff('IAM_OWNER', 1), `/users/${person.userId}`);
  await page.getByRole('button', { name: 'Start a reset' }).click();
  await expect(page.getByRole('checkbox', { name: 'Authenticator app' })).toBeChecked();
  await expect(page.getByRole('checkbox', { name: 'Code by SMS' })).toBeChecked();

  // Who is calling is never assumed: without an answer there is no plan.
  await page.getByRole('textbox', { name: 'Reason' }).fill('Phone lost in the train');
  await startReset(page).click();
  await expect(page.getByText('Choose how you made sure who is calling.')).toBeVisible();

  await fillReset(page, person, 'Phone lost in the train');
  await planReset(page);
  const plan = page.getByRole('region', { name: 'The plan' });
  await expect(plan.getByRole('listitem')).toHaveCount(6);
  await expect(plan.getByRole('listitem').first()).toContainText('Lock the account');
  await expect(plan.getByRole('listitem').last()).toContainText('Unlock the account');
  await expect(page.getByText('Receipt')).toHaveCount(0);
  await runReset(page);
  await expectReceipt(page);

  const done = page.getByRole('region', { name: 'Done', exact: true });
  await expect(done.getByText('Remove Authenticator app')).toBeVisible();
  await expect(done.getByText('Remove Code by SMS')).toBeVisible();
  await expect(page.getByRole('region', { name: 'Not done' })).toHaveCount(0);
  await expect(page.getByText('Phone lost in the train')).toBeVisible();
  await expect(page.getByText('Call back to the number on record')).toBeVisible();
  await expect(page.getByRole('region', { name: 'What the person will see next' })).toContainText('A password only.');
  await expect(page.getByRole('region', { name: 'Read this to the caller' })).toContainText('Authenticator app');
  await expect(page.getByRole('region', { name: 'What the person was told' })).toContainText('A mail was sent to');

  // It can be opened again, and shared: it is one page with its own address.
  await page.reload();
  await expect(page.getByRole('heading', { name: 'Receipt' })).toBeVisible();

  const theirs = await (await browser.newContext({ baseURL: stack.publicUrl })).newPage();
  await beginSignIn(theirs);
  await enterPassword(theirs, person);
  await expectSignedIn(theirs);
});
