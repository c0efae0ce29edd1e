import { messagesTo } from '@latchkey/test-kit/outbox';
import { totpCode } from '@latchkey/test-kit/totp';
import { expect, test } from './fixtures.ts';
import { makePerson } from './make-person.ts';
import { expectReceipt, fillReset, planReset, resetPerson, runReset } from './reset.ts';
import { beginSignIn, enterCode, enterPassword, expectSignedIn, sentCode, signInStaff } from './sign-in.ts';
import { callZitadel } from './zitadel-api.ts';

test('only email is left: the code by email stays, the rest goes', async ({ browser, stack, page }) => {
  const person = await makePerson(stack, 'Emailonly', ['totp', 'otpSms', 'otpEmail']);
  await signInStaff(page, stack.people.staff('IAM_USER_MANAGER'));
  await fillReset(page, person, 'Phone drowned');
  await page.getByRole('checkbox', { name: /Code by email/ }).uncheck();
  await planReset(page);
  await runReset(page);
  await expectReceipt(page);

  const theirs = await (await browser.newContext({ baseURL: stack.publicUrl })).newPage();
  await beginSignIn(theirs);
  await enterPassword(theirs, person);
  await expect(theirs.getByLabel('Code')).toBeVisible();
  await enterCode(theirs, await sentCode(stack, person, 'otpEmail'));
  await expectSignedIn(theirs);
});

test('a security key is lost, the other one stays', async ({ stack, page }) => {
  const person = stack.people.take(['u2f', 'u2f']);
  const [lost, kept] = person.factors.map((factor) => ('name' in factor ? factor.name : ''));
  await signInStaff(page, stack.people.staff('IAM_OWNER', 1));
  await fillReset(page, person, 'Key lost on the train');
  await page.getByRole('checkbox', { name: new RegExp(String(kept)) }).uncheck();
  await planReset(page);
  await runReset(page);
  await expectReceipt(page);
  await page.goto(`/users/${person.userId}`);
  await expect(page.getByRole('button', { name: `Remove Security key ${kept}` })).toBeVisible();
  await expect(page.getByRole('button', { name: `Remove Security key ${lost}` })).toHaveCount(0);
});

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

test('a code to the channel the caller still has proves who they are', async ({ stack, page }) => {
  const person = await makePerson(stack, 'Provenby', ['totp', 'otpEmail']);
  await signInStaff(page, stack.people.staff('IAM_USER_MANAGER'), `/users/${person.userId}/reset`);
  await page.getByRole('radio', { name: /^Code to a remaining/ }).check();
  await page.getByRole('button', { name: 'Send code' }).click();
  const field = page.getByRole('textbox', { name: 'Code', exact: true });
  await field.fill('00000000');
  await page.getByRole('button', { name: 'Check' }).click();
  await expect(page.getByText('That is not the code that was sent.')).toBeVisible();
  await field.fill(await sentCode(stack, person, 'otpEmail'));
  await page.getByRole('button', { name: 'Check' }).click();
  await page.getByRole('textbox', { name: 'Reason' }).fill('Phone lost');
  await page.getByRole('checkbox', { name: /Code by email/ }).uncheck();
  await planReset(page);
  await runReset(page);
  await expectReceipt(page);
});

test('"this was not me" locks the account once and is told', async ({ browser, stack, page }) => {
  const person = await makePerson(stack, 'Notme', ['totp', 'otpEmail']);
  await signInStaff(page, stack.people.staff('IAM_USER_MANAGER'));
  await resetPerson(page, person, 'A voice on the telephone');
  const receipt = page.url();

  const address = person.factors.find((factor) => factor.kind === 'otpEmail');
  const linkOf = async () =>
    (await messagesTo(stack.issuer, address?.kind === 'otpEmail' ? address.to : ''))
      .map(({ text }) => /https?:\/\/\S*\/not-me#[A-Za-z0-9_.-]+/.exec(text)?.[0])
      .find(Boolean);
  await expect.poll(linkOf).toBeTruthy();
  const link = String(await linkOf());

  const theirs = await (await browser.newContext({ baseURL: stack.publicUrl })).newPage();
  await theirs.goto(link);
  await expect(theirs).toHaveURL(/\/not-me#?$/);
  // Opening it does nothing: only the button does.
  const { user } = await callZitadel<{ user: { state: string } }>(stack, 'GET', `/v2/users/${person.userId}`);
  expect(user.state).toBe('USER_STATE_ACTIVE');
  await theirs.getByRole('button').filter({ hasText: /lock/i }).click();
  await expect(theirs.getByText(/is locked/i).first()).toBeVisible();
  const after = await callZitadel<{ user: { state: string } }>(stack, 'GET', `/v2/users/${person.userId}`);
  expect(after.user.state).toBe('USER_STATE_LOCKED');

  await theirs.goto('about:blank');
  await theirs.goto(link);
  await theirs.getByRole('button').filter({ hasText: /lock/i }).click();
  await expect(theirs.getByRole('alert').first()).toBeVisible();

  await page.goto(receipt);
  await expect(page.getByText(/not (me|them|him|her)/i).first()).toBeVisible();
});

test('the phone is found again: what the agent unticked still works', async ({ browser, stack, page }) => {
  const person = await makePerson(stack, 'Foundit', ['totp', 'otpSms']);
  await signInStaff(page, stack.people.staff('IAM_OWNER', 1));
  await fillReset(page, person, 'New number');
  await page.getByRole('checkbox', { name: /Authenticator app/ }).uncheck();
  await planReset(page);
  await runReset(page);
  await expectReceipt(page);
  const theirs = await (await browser.newContext({ baseURL: stack.publicUrl })).newPage();
  await beginSignIn(theirs);
  await enterPassword(theirs, person);
  await enterCode(theirs, totpCode(person));
  await expectSignedIn(theirs);
});
