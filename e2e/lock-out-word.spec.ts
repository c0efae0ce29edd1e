import { startStack } from '@latchkey/test-kit/stack';
import { expect, test } from './fixtures.ts';
import { signInStaff } from './sign-in.ts';
import { callZitadel } from './zitadel-api.ts';

const path = '/admin/v1/policies/login';

test('the last type of a forced second factor goes only to whoever types the word', async ({ browser }) => {
  // A stack of its own, which has to start within the test: nobody else can sign in meanwhile.
  test.setTimeout(150_000);
  const stack = await startStack();
  try {
    const { policy } = await callZitadel<{ policy: { secondFactors: string[] } }>(stack, 'GET', path);
    await callZitadel(stack, 'PUT', path, { ...policy, forceMfa: true });
    for (const type of policy.secondFactors.filter((type) => type !== 'SECOND_FACTOR_TYPE_OTP')) {
      await callZitadel(stack, 'DELETE', `${path}/second_factors/${type}`);
    }

    const page = await (await browser.newContext({ baseURL: stack.publicUrl })).newPage();
    await signInStaff(page, stack.people.staff('IAM_OWNER'), '/policy');
    const remove = page.getByRole('button', { name: 'Remove Authenticator app' });
    await remove.click();
    const dialog = page.getByRole('dialog');
    await expect(dialog).toContainText('nobody could sign in');
    await dialog.getByRole('textbox', { name: 'Reason' }).fill('Moving to passkeys');
    const word = dialog.getByRole('textbox', { name: 'LOCK OUT' });
    for (const wrong of ['', 'lock']) {
      await word.fill(wrong);
      await dialog.getByRole('button', { name: 'Remove' }).click();
      await expect(dialog.getByText('These are not the words.')).toBeVisible();
      await expect(word).toBeFocused();
    }
    await word.fill('LOCK OUT');
    await dialog.getByRole('button', { name: 'Remove' }).click();
    await expect(remove).toHaveCount(0);
    const after = await callZitadel<{ policy: { secondFactors?: string[] } }>(stack, 'GET', path);
    expect(after.policy.secondFactors ?? []).toEqual([]);

    await page.getByRole('button', { name: 'Add back Authenticator app', exact: true }).click();
    await dialog.getByRole('textbox', { name: 'Reason' }).fill('Too early');
    await dialog.getByRole('button', { name: 'Add back' }).click();
    await expect(remove).toBeVisible();
    await callZitadel(stack, 'PUT', path, policy);
  } finally {
    await stack.stop();
  }
});
