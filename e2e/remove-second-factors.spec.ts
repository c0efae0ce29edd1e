import { totpCode } from '@latchkey/test-kit/totp';
import { expect, test } from './fixtures.ts';
import { openPerson, removeFactor } from './remove-factor.ts';
import { beginSignIn, enterCode, enterPassword, expectSignedIn, sentCode, signInStaff } from './sign-in.ts';

test('an authenticator app is asked for, removed by an agent, and not asked for again', async ({
  browser,
  stack,
  page,
}) => {
  const person = stack.people.take(['totp']);
  const theirs = await (await browser.newContext({ baseURL: stack.publicUrl })).newPage();
  await beginSignIn(theirs);
  await enterPassword(theirs, person);
  await enterCode(theirs, totpCode(person));
  await expectSignedIn(theirs);

  await signInStaff(page, stack.people.staff('IAM_OWNER'));
  await openPerson(page, person.displayName);
  await removeFactor(page, 'Authenticator app', 'Phone lost, called back');

  const again = await (await browser.newContext({ baseURL: stack.publicUrl })).newPage();
  await beginSignIn(again);
  await enterPassword(again, person);
  await expectSignedIn(again);
});

for (const [kind, word] of [
  ['otpEmail', 'Code by email'],
  ['otpSms', 'Code by SMS'],
] as const) {
  test(`${word} is asked for, removed by an agent, and not asked for again`, async ({ browser, stack, page }) => {
    const person = stack.people.take([kind]);
    const theirs = await (await browser.newContext({ baseURL: stack.publicUrl })).newPage();
    await beginSignIn(theirs);
    await enterPassword(theirs, person);
    await expect(theirs.getByLabel('Code')).toBeVisible();
    await enterCode(theirs, await sentCode(stack, person, kind));
    await expectSignedIn(theirs);

    await signInStaff(page, stack.people.staff('IAM_USER_MANAGER'));
    await openPerson(page, person.displayName);
    await removeFactor(page, word, 'Number changed, manager confirmed');

    const again = await (await browser.newContext({ baseURL: stack.publicUrl })).newPage();
    await beginSignIn(again);
    await enterPassword(again, person);
    await expectSignedIn(again);
  });
}

test('a security key is removed and stays gone', async ({ stack, page }) => {
  const person = stack.people.take(['u2f']);
  const key = person.factors.find((factor) => factor.kind === 'u2f');
  if (key?.kind !== 'u2f') throw new Error('taken with a key');
  await signInStaff(page, stack.people.staff('IAM_OWNER', 1));
  await openPerson(page, person.displayName);
  await removeFactor(page, `Security key ${key.name}`, 'Key lost on the train');
  await page.reload();
  await expect(page.getByRole('heading', { level: 1, name: person.displayName })).toBeVisible();
  await expect(page.getByText('Sign-in asks now:')).toBeVisible();
  await expect(page.getByRole('button', { name: `Remove Security key ${key.name}` })).toHaveCount(0);
});
