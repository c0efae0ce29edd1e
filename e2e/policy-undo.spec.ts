import { expect, test } from './fixtures.ts';
import { signInStaff } from './sign-in.ts';
import { callZitadel } from './zitadel-api.ts';

test('a type removed from the policy comes back by Undo, for a minute', async ({ stack, page }) => {
  await page.clock.install();
  await signInStaff(page, stack.people.staff('IAM_OWNER', 2), '/policy');
  const remove = page.getByRole('button', { name: 'Remove Code by email' });
  const undo = page.getByRole('button', { name: 'Undo: add back Code by email' });
  const removeIt = async () => {
    await remove.click();
    const dialog = page.getByRole('dialog').or(page.getByRole('alertdialog'));
    await dialog.getByRole('textbox', { name: 'Reason' }).fill('Codes by email are weak');
    await dialog.getByRole('button', { name: 'Remove' }).click();
    await expect(undo).toBeVisible();
  };
  const allowed = async () => {
    const { policy } = await callZitadel<{ policy: { secondFactors: string[] } }>(
      stack,
      'GET',
      '/admin/v1/policies/login',
    );
    return policy.secondFactors;
  };
  await removeIt();
  expect(await allowed()).not.toContain('SECOND_FACTOR_TYPE_OTP_EMAIL');
  await page.clock.fastForward(50_000);
  await undo.click();
  await expect(page.getByText('Added just now by you')).toBeVisible();
  await expect(remove).toBeVisible();
  expect(await allowed()).toContain('SECOND_FACTOR_TYPE_OTP_EMAIL');

  await removeIt();
  await page.clock.fastForward(61_000);
  await expect(undo).toHaveCount(0);
  const type = { type: 'SECOND_FACTOR_TYPE_OTP_EMAIL' };
  await callZitadel(stack, 'POST', '/admin/v1/policies/login/second_factors', type);
});
