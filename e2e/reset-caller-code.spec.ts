import { expect, test } from './fixtures.ts';
import { makePerson } from './make-person.ts';
import { expectReceipt, planReset, runReset } from './reset.ts';
import { sentCode, signInStaff } from './sign-in.ts';

test('a code to the channel the caller still has proves who they are', async ({ stack, page }) => {
  const person = await makePerson(stack, 'Provenby', ['totp', 'otpEmail']);
  await signInStaff(page, stack.people.staff('IAM_USER_MANAGER'), `/users/${person.userId}/reset`);
  await page.getByRole('radio', { name: /^Code to a remaining/ }).check();
  await page.getByRole('button', { name: 'Send code' }).click();
  const field = page.getByRole('textbox', { name: 'Code', exact: true });
  await field.fill('00000000');
  await page.getByRole('button', { name: 'Check' }).click();
  await expect(page.getByText('That is not the code that was sent.')).toBeVisible();
  await field.fill(await sentCode(stack, person, 'otpEmail'));
  await page.getByRole('button', { name: 'Check' }).click();
  await expect(page.getByText('Verified by a code')).toBeVisible();
  await page.getByRole('textbox', { name: 'Reason' }).fill('Phone lost');
  await page.getByRole('checkbox', { name: /Code by email/ }).uncheck();
  await planReset(page);
  await runReset(page);
  await expectReceipt(page);
});
