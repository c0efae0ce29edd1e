import type { LoginPolicy } from '@latchkey/contract/login-policy';
import { apiPaths } from '@latchkey/contract/paths';
import type { FactorList, User } from '@latchkey/contract/user';
import type { UserSessions } from '@latchkey/contract/user-session';
import { type Stack, startStack } from '@latchkey/test-kit/stack';
import type { Locator, Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { makePerson } from './make-person.ts';
import { openPerson } from './remove-factor.ts';
import { resetPerson } from './reset.ts';
import { signInStaff } from './sign-in.ts';
import { callZitadel } from './zitadel-api.ts';

/** Milliseconds by which reads may lag. */
const lag = 250;

/** Looks for longer than any read lags: what is on the page is right at every moment. */
async function stays(isRight: () => Promise<void>): Promise<void> {
  for (const end = Date.now() + 1_000; Date.now() < end; ) await isRight();
}
const staysAway = (row: Locator) => stays(() => expect(row).toHaveCount(0, { timeout: 1 }));
const staysThere = (row: Locator) => stays(() => expect(row).toBeVisible({ timeout: 1 }));

/**
 * Answers the question that a button asks.
 *
 * @param path of the API.
 * @returns what a page reads there that is opened at the moment at which this one is told that it is done.
 */
async function confirm<T>(page: Page, button: string, verb: string, path: string): Promise<T> {
  await page.getByRole('button', { name: button, exact: true }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: 'Reason' }).fill('Phone lost, called back');
  const told = page.waitForResponse((answer) => answer.request().method() !== 'GET');
  await dialog.getByRole('button', { name: verb, exact: true }).click();
  await told;
  const read = await page.evaluate(async (address) => (await (await fetch(address)).json()) as T, path);
  await expect(dialog).toHaveCount(0);
  return read;
}

/** A person whom reads have caught up with: what is tried here are changes of the console. */
async function makeSettledPerson(...person: Parameters<typeof makePerson>) {
  const made = await makePerson(...person);
  await new Promise((resolve) => setTimeout(resolve, 2 * lag));
  return made;
}

/** The person's page anew, as soon as it can be: what it shows was read while reads may still lag. */
async function readAnew(page: Page, name: string): Promise<void> {
  await page.reload();
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
}

async function removesFactor(stack: Stack, page: Page): Promise<void> {
  const person = stack.people.take(['totp', 'otpEmail']);
  await openPerson(page, person.displayName);
  const button = page.getByRole('button', { name: 'Remove Authenticator app' });
  const path = apiPaths.factors(person.userId);
  const { factors } = await confirm<FactorList>(page, 'Remove Authenticator app', 'Remove', path);
  expect(factors.map(({ kind }) => kind)).toEqual(['otpEmail']);
  await expect(page.getByText('Removed just now by you')).toBeVisible();
  await staysAway(button);
  await page.reload();
  await expect(page.getByRole('button', { name: 'Remove Code by email' })).toBeVisible();
  await expect(button).toHaveCount(0, { timeout: 1 });
}

async function locksAndUnlocks(stack: Stack, page: Page): Promise<void> {
  const person = await makeSettledPerson(stack, 'Lagging', ['totp']);
  await page.goto(`/users/${person.userId}`);
  const state = page.getByRole('banner').or(page.getByRole('main')).getByText('Locked', { exact: true });
  for (const [act, other] of [
    ['Lock', 'Unlock'],
    ['Unlock', 'Lock'],
  ] as const) {
    const read = await confirm<User>(page, act, act, apiPaths.user(person.userId));
    expect(read.state).toBe(act === 'Lock' ? 'locked' : 'active');
    await staysThere(page.getByRole('button', { name: other, exact: true }));
    await readAnew(page, person.displayName);
    await expect(page.getByRole('button', { name: other, exact: true })).toBeVisible();
    await expect(page.getByRole('button', { name: act, exact: true })).toHaveCount(0, { timeout: 1 });
    await expect(state).toHaveCount(act === 'Lock' ? 1 : 0, { timeout: 1 });
  }
}

async function endsSession(stack: Stack, page: Page): Promise<void> {
  const { userId, displayName } = await makePerson(stack, 'Signedin', ['totp']);
  const userAgent = { fingerprintId: 'stolen', description: 'Firefox on a laptop' };
  await callZitadel(stack, 'POST', '/v2/sessions', { checks: { user: { userId } }, userAgent });
  // What was made outside has no answer to wait for.
  await page.waitForTimeout(2 * lag);
  await page.goto(`/users/${userId}`);
  const button = page.getByRole('button', { name: 'End session on Firefox on a laptop', exact: true });
  const name = 'End session on Firefox on a laptop';
  const { sessions } = await confirm<UserSessions>(page, name, 'End session', apiPaths.userSessions(userId));
  expect(sessions).toEqual([]);
  await expect(page.getByText('Ended just now by you')).toBeVisible();
  await staysAway(button);
  await readAnew(page, displayName);
  await expect(page.getByRole('button', { name: 'Remove Authenticator app' })).toBeVisible();
  await expect(button).toHaveCount(0, { timeout: 1 });
}

async function changesPolicy(_stack: Stack, page: Page): Promise<void> {
  await page.goto('/policy');
  const remove = page.getByRole('button', { name: 'Remove Code by SMS', exact: true });
  const addBack = page.getByRole('button', { name: 'Add back Code by SMS', exact: true });
  for (const [button, verb, gone, there] of [
    ['Remove Code by SMS', 'Remove', remove, addBack],
    ['Add back Code by SMS', 'Add back', addBack, remove],
  ] as const) {
    const read = await confirm<LoginPolicy>(page, button, verb, apiPaths.loginPolicy());
    expect(read.secondFactors.includes('otpSms')).toBe(verb === 'Add back');
    await staysAway(gone);
    await expect(there).toBeVisible();
    await page.reload();
    await expect(page.getByRole('button', { name: 'Remove Code by email', exact: true })).toBeVisible();
    await expect(gone).toHaveCount(0, { timeout: 1 });
  }
}

async function resets(stack: Stack, page: Page): Promise<void> {
  const person = await makeSettledPerson(stack, 'Resetlag', ['totp', 'otpSms']);
  await resetPerson(page, person, 'Phone lost in the train');
  await expect(page.getByRole('region', { name: 'Not done' })).toHaveCount(0, { timeout: 1 });
  // Straight to the person: unlocked, and nothing left to remove.
  await page.goto(`/users/${person.userId}`);
  await expect(page.getByRole('heading', { level: 1, name: person.displayName })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Lock', exact: true })).toBeVisible();
  await staysAway(page.getByRole('button', { name: /^(Unlock|Remove (Authenticator|Code))/ }));
}

test('what was changed never comes back on the page, though reads lag behind', async ({ browser, removalApi }) => {
  // A stack of its own has to start within the test.
  test.setTimeout(240_000);
  const stack = await startStack({ env: { LATCHKEY_REMOVAL_API: removalApi, IDENTITY_READS_LAG: String(lag) } });
  try {
    const page = await (await browser.newContext({ baseURL: stack.publicUrl })).newPage();
    await signInStaff(page, stack.people.staff('IAM_OWNER'));
    await test.step('a factor is removed', () => removesFactor(stack, page));
    await test.step('an account is locked and unlocked', () => locksAndUnlocks(stack, page));
    await test.step('a session is ended', () => endsSession(stack, page));
    await test.step('a second factor type is taken from the policy and put back', () => changesPolicy(stack, page));
    await test.step('a person is reset', () => resets(stack, page));
  } finally {
    await stack.stop();
  }
});
