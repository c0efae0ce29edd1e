import { expect, test } from './fixtures.ts';
import { makePerson } from './make-person.ts';
import { fillReset, planReset, startReset } from './reset.ts';
import { signInStaff } from './sign-in.ts';

test('nothing but how the caller was verified and the reason is required, and both are', async ({ stack, page }) => {
  const person = await makePerson(stack, 'Required', ['otpEmail']);
  await signInStaff(page, stack.people.staff('IAM_USER_MANAGER'), `/users/${person.userId}/reset`);
  await startReset(page).click();
  await expect(page).toHaveURL(/\/reset$/);
  await expect(page.getByRole('radiogroup', { name: 'How was the caller verified?' })).toBeVisible();
  // What a caller knows proves nothing: it is no choice.
  await expect(page.getByRole('radio', { name: /birth|number of|question|knows/i })).toHaveCount(0);
  await fillReset(page, person, 'Phone stolen');
  await planReset(page);
  await expect(page.getByRole('button', { name: 'Run', exact: true })).toBeVisible();
  await expect(page.getByText('Receipt')).toHaveCount(0);
});
