import { startStack } from '@latchkey/test-kit/stack';
import { type FaultProxy, startFaultProxy } from '../apps/bff/src/testing/fault-proxy.ts';
import { expect, test } from './fixtures.ts';
import { makePerson } from './make-person.ts';
import { expectReceipt, fillReset, planReset } from './reset.ts';
import { expectSignedIn, signInStaff } from './sign-in.ts';
import { callZitadel } from './zitadel-api.ts';

/** What a case asks ZITADEL to change. */
const changes = /^(DELETE|POST) \/v2\/users\/[^/]+\/(lock|unlock|password_reset|totp|otp_sms|otp_email)$/;

test('a case that is killed at each of its steps ends as if nothing had been', async ({ browser }) => {
  test.setTimeout(300_000);
  const faults: { proxy?: FaultProxy } = {};
  const stack = await startStack({
    env: async (issuer) => {
      faults.proxy = await startFaultProxy(issuer);
      return { LATCHKEY_API_URL: faults.proxy.origin, LATCHKEY_API_HOST: new URL(issuer).host };
    },
  });
  const { proxy } = faults;
  try {
    if (!proxy) throw new Error('There is no proxy.');
    const page = await (await browser.newContext({ baseURL: stack.publicUrl })).newPage();
    const person = await makePerson(stack, 'Interrupted', ['totp', 'otpEmail', 'otpSms']);
    await signInStaff(page, stack.people.staff('IAM_OWNER', 2));
    await fillReset(page, person, 'Phone lost in the midst of things');
    await page.getByRole('radio', { name: /password/i }).check();
    await planReset(page);
    const receipt = page.getByRole('heading', { name: 'Receipt' });
    const go = page.getByRole('button', { name: /^(Run|Resume|Run again)$/ });

    const killedAt = new Set<string>();
    for (let kill = 0; kill < 40; kill += 1) {
      // Each step twice: once ZITADEL never hears of it, once it does it and its answer is lost.
      proxy.calm();
      proxy.fail(changes, { kind: kill % 2 === 0 ? 'hang' : 'hangAfter' });
      await go.click();
      const held = () => proxy.seen.find((line) => changes.test(line));
      await expect
        .poll(async () => held() !== undefined || (await receipt.isVisible()), { timeout: 30_000 })
        .toBe(true);
      const step = held();
      if (step === undefined) break;
      killedAt.add(step.replace(/.*\//, ''));
      await stack.bffs.end(0, 'SIGKILL');
      await stack.bffs.restart(0);
      await page.reload();
      await expectSignedIn(page);
      await expect(go.or(receipt).first()).toBeVisible({ timeout: 30_000 });
      if (await receipt.isVisible()) break;
    }
    await expectReceipt(page);
    expect([...killedAt].sort()).toEqual(['lock', 'otp_email', 'otp_sms', 'password_reset', 'totp', 'unlock']);

    const { user } = await callZitadel<{ user: { state: string } }>(stack, 'GET', `/v2/users/${person.userId}`);
    expect(user.state).toBe('USER_STATE_ACTIVE');
    const path = `/v2/users/${person.userId}/authentication_methods`;
    const { authMethodTypes } = await callZitadel<{ authMethodTypes: string[] }>(stack, 'GET', path);
    expect(authMethodTypes).toEqual(['AUTHENTICATION_METHOD_TYPE_PASSWORD']);
  } finally {
    await stack.stop();
    await proxy?.close();
  }
});
