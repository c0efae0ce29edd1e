import { startFaultyStack } from './faulty-stack.ts';
import { expect, test } from './fixtures.ts';
import { makePerson } from './make-person.ts';
import { expectReceipt, fillReset, planReset } from './reset.ts';
import { expectSignedIn, signInStaff } from './sign-in.ts';
import { callZitadel } from './zitadel-api.ts';

/** What this case asks ZITADEL to change, in the words at the end of the address; in short, a factor and the mail. */
const steps =
  process.env.LATCHKEY_SOAK === '1'
    ? ['lock', 'totp', 'otp_sms', 'otp_email', 'password_reset', 'unlock']
    : ['otp_sms', 'password_reset'];

test('a case that is killed at its steps ends as if nothing had been', async ({ browser }) => {
  test.setTimeout(300_000);
  const { stack, proxy, stop } = await startFaultyStack();
  try {
    const page = await (await browser.newContext({ baseURL: stack.publicUrl })).newPage();
    const person = await makePerson(stack, 'Interrupted', ['totp', 'otpEmail', 'otpSms']);
    await signInStaff(page, stack.people.staff('IAM_OWNER', 2));
    await fillReset(page, person, 'Phone lost in the midst of things');
    await page.getByRole('radio', { name: /password/i }).check();
    await planReset(page);
    const go = page.getByRole('button', { name: /^(Run|Resume|Run again)$/ });

    const left = new Set(steps);
    while (left.size > 0) {
      // In turns: ZITADEL never hears of it, or does it and its answer is lost. Nothing tells whether a mail went out, so
      // that it is sent again: each step is held once only.
      const held = new RegExp(`^(?:DELETE|POST) /v2/users/[^/]+/(${[...left].join('|')})$`);
      proxy.calm();
      proxy.fail(held, { kind: left.size % 2 === 0 ? 'hang' : 'hangAfter' });
      await go.click();
      const findStep = () => proxy.seen.map((line) => held.exec(line)?.[1]).find(Boolean);
      await expect.poll(findStep, { timeout: 30_000 }).toBeTruthy();
      left.delete(String(findStep()));
      await stack.bffs.end(0, 'SIGKILL');
      await stack.bffs.restart(0);
      await page.reload();
      await expectSignedIn(page);
      await expect(go).toBeVisible({ timeout: 30_000 });
    }
    proxy.calm();
    await go.click();
    await expectReceipt(page);
    const { user } = await callZitadel<{ user: { state: string } }>(stack, 'GET', `/v2/users/${person.userId}`);
    expect(user.state).toBe('USER_STATE_ACTIVE');
    const path = `/v2/users/${person.userId}/authentication_methods`;
    const { authMethodTypes } = await callZitadel<{ authMethodTypes: string[] }>(stack, 'GET', path);
    expect(authMethodTypes).toEqual(['AUTHENTICATION_METHOD_TYPE_PASSWORD']);
  } finally {
    await stop();
  }
});
