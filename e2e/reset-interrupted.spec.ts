import { expect, test } from './fixtures.ts';
import { makePerson } from './make-person.ts';
import { expectReceipt, fillReset, planReset } from './reset.ts';
import { expectSignedIn, signInStaff } from './sign-in.ts';
import { callZitadel } from './zitadel-api.ts';

test('a case that is killed at each of its steps ends as if nothing had been', async ({ stack, page }) => {
  test.setTimeout(240_000);
  const person = await makePerson(stack, 'Interrupted', ['totp', 'otpEmail', 'otpSms']);
  await signInStaff(page, stack.people.staff('IAM_OWNER', 2));
  await fillReset(page, person, 'Phone lost in the midst of things');
  await planReset(page);
  const receipt = page.getByRole('heading', { name: 'Receipt' });
  const go = page.getByRole('button', { name: /^(Run|Resume|Run again)$/ });

  let kills = 0;
  for (let pause = 60; pause <= 1_200; pause += 120) {
    if (await receipt.isVisible()) break;
    await go.click();
    await page.waitForTimeout(pause);
    await stack.bffs.end(0, 'SIGKILL');
    kills += 1;
    await stack.bffs.restart(0);
    await page.reload();
    await expectSignedIn(page);
    // The dead process's hold on the case runs out by itself.
    await expect(go.or(receipt).first()).toBeVisible({ timeout: 30_000 });
  }
  if (!(await receipt.isVisible())) await go.click();
  await expectReceipt(page);
  expect(kills, 'it was interrupted').toBeGreaterThan(2);

  const { user } = await callZitadel<{ user: { state: string } }>(stack, 'GET', `/v2/users/${person.userId}`);
  expect(user.state).toBe('USER_STATE_ACTIVE');
  const { authMethodTypes = [] } = await callZitadel<{ authMethodTypes?: string[] }>(
    stack,
    'GET',
    `/v2/users/${person.userId}/authentication_methods`,
  );
  expect(authMethodTypes).toEqual(['AUTHENTICATION_METHOD_TYPE_PASSWORD']);
});
