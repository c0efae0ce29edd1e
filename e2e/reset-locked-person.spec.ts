import { messagesTo } from '@latchkey/test-kit/outbox';
import { expect, test } from './fixtures.ts';
import { makePerson } from './make-person.ts';
import { resetPerson } from './reset.ts';
import { beginSignIn, enterPassword, expectSignedIn, signInStaff } from './sign-in.ts';
import { callZitadel } from './zitadel-api.ts';

test('a locked person is reset and let in again, and is told by mail', async ({ browser, stack, page }) => {
  const person = await makePerson(stack, 'Lockedout', ['totp', 'otpEmail']);
  await callZitadel(stack, 'POST', `/v2/users/${person.userId}/lock`, {});
  await signInStaff(page, stack.people.staff('IAM_USER_MANAGER'));
  await resetPerson(page, person, 'Too many wrong codes, called back');

  const address = person.factors.find((factor) => factor.kind === 'otpEmail');
  if (address?.kind !== 'otpEmail') throw new Error('made with one');
  await expect
    .poll(async () => (await messagesTo(stack.issuer, address.to)).some(({ text }) => /Authenticator app/.test(text)))
    .toBe(true);

  const theirs = await (await browser.newContext({ baseURL: stack.publicUrl })).newPage();
  await beginSignIn(theirs);
  await enterPassword(theirs, person);
  await expectSignedIn(theirs);
});
