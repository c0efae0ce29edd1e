import { expect, test } from './fixtures.ts';
import { makePerson } from './make-person.ts';
import { expectReceipt, fillReset, planReset, runReset } from './reset.ts';
import { beginSignIn, enterCode, enterPassword, expectSignedIn, sentCode, signInStaff } from './sign-in.ts';

test('only email is left: the code by email stays, the rest goes', async ({ browser, stack, page }) => {
  const person = await makePerson(stack, 'Emailonly', ['totp', 'otpSms', 'otpEmail']);
  await signInStaff(page, stack.people.staff('IAM_USER_MANAGER'));
  await fillReset(page, person, 'Phone drowned');
  await page.getByRole('checkbox', { name: /Code by email/ }).uncheck();
  await planReset(page);
  await runReset(page);
  await expectReceipt(page);

  const theirs = await (await browser.newContext({ baseURL: stack.publicUrl })).newPage();
  await beginSignIn(theirs);
  await enterPassword(theirs, person);
  await expect(theirs.getByLabel('Code')).toBeVisible();
  await enterCode(theirs, await sentCode(stack, person, 'otpEmail'));
  await expectSignedIn(theirs);
});
