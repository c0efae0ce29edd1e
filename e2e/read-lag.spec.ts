import { startStack } from '@latchkey/test-kit/stack';
import { expect, test } from './fixtures.ts';
import { openPerson } from './remove-factor.ts';
import { signInStaff } from './sign-in.ts';

test('a removed factor never comes back on the page, though reads lag behind', async ({ browser, removalApi }) => {
  // A stack of its own has to start within the test.
  test.setTimeout(150_000);
  const stack = await startStack({ env: { LATCHKEY_REMOVAL_API: removalApi, IDENTITY_READS_LAG: '250' } });
  try {
    const person = stack.people.take(['totp', 'otpEmail']);
    const page = await (await browser.newContext({ baseURL: stack.publicUrl })).newPage();
    await signInStaff(page, stack.people.staff('IAM_OWNER'));
    await openPerson(page, person.displayName);
    const button = page.getByRole('button', { name: 'Remove Authenticator app' });
    await button.click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('textbox', { name: 'Reason' }).fill('Phone lost, called back');
    await dialog.getByRole('button', { name: 'Remove' }).click();
    await expect(page.getByText('Removed just now by you')).toBeVisible();
    // The list is looked at for longer than any read lags, on the page as it stands and on one that is read anew.
    for (const end = Date.now() + 1_000; Date.now() < end; ) await expect(button).toHaveCount(0, { timeout: 1 });
    await page.reload();
    await expect(page.getByRole('button', { name: 'Remove Code by email' })).toBeVisible();
    await expect(button).toHaveCount(0, { timeout: 1 });
  } finally {
    await stack.stop();
  }
});
