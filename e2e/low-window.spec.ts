import { expect, test } from './fixtures.ts';
import { makePerson } from './make-person.ts';
import { signInStaff } from './sign-in.ts';

// 1280 × 1024 at 400 %, as WCAG 1.4.10 has it.
test.use({ viewport: { width: 320, height: 256 } });

test('at 400 % a dialog begins with its title, and everything in it can be reached', async ({ stack, page }) => {
  const { userId } = await makePerson(stack, 'Lowe', ['otpEmail']);
  await signInStaff(page, stack.people.staff('IAM_OWNER'), `/users/${userId}`);
  await page.getByRole('button', { name: 'Remove Code by email' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog).toBeFocused();
  await expect(dialog.getByRole('heading', { name: /^Remove Code by email from/ })).toBeInViewport({ ratio: 1 });

  await page.keyboard.press('Tab');
  const reason = dialog.getByRole('textbox', { name: 'Reason' });
  await expect(reason).toBeFocused();
  await expect(reason).toBeInViewport({ ratio: 1 });
  await page.keyboard.type('Phone lost, called back');
  await page.keyboard.press('Enter');
  await expect(page.getByText('Removed just now by you')).toBeVisible();
  const sideways = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(sideways).toBeLessThanOrEqual(0);
});
