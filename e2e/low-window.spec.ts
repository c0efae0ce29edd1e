import { expect, test } from './fixtures.ts';
import { openPerson } from './remove-factor.ts';
import { signInStaff } from './sign-in.ts';

// 1280 × 1024 at 400 %, as WCAG 1.4.10 has it.
test.use({ viewport: { width: 320, height: 256 } });

test('at 400 % a dialog begins with its title, and everything in it can be reached', async ({ stack, page }) => {
  const person = stack.people.take(['totp', 'otpEmail']);
  await signInStaff(page, stack.people.staff('IAM_OWNER'));
  await openPerson(page, person.displayName);
  await page.getByRole('button', { name: 'Remove Authenticator app' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog).toBeFocused();
  await expect(dialog.getByRole('heading', { name: /^Remove Authenticator app from/ })).toBeInViewport({ ratio: 1 });

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
