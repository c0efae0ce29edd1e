import { messagesTo } from '@latchkey/test-kit/outbox';
import type { Person } from '@latchkey/test-kit/person';
import type { Stack } from '@latchkey/test-kit/stack';
import { expect, test } from './fixtures.ts';
import { makePerson } from './make-person.ts';
import { resetPerson } from './reset.ts';
import { signInStaff } from './sign-in.ts';
import { callZitadel } from './zitadel-api.ts';

async function emailOf(stack: Stack, { userId }: Person): Promise<string> {
  type Answer = { user: { human: { email: { email: string } } } };
  return (await callZitadel<Answer>(stack, 'GET', `/v2/users/${userId}`)).user.human.email.email;
}

test('"this was not me" locks the account once and is told', async ({ browser, stack, page }) => {
  const person = await makePerson(stack, 'Notme', ['totp', 'otpEmail']);
  const agent = stack.people.staff('IAM_USER_MANAGER');
  await signInStaff(page, agent);
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
  await expect(page.getByText('The person pressed “this was not me”.')).toBeVisible();
  // The agent of the case is told, and the admins.
  for (const member of [agent, stack.people.staff('IAM_OWNER', 1)]) {
    const address = await emailOf(stack, member);
    await expect
      .poll(async () => (await messagesTo(stack.issuer, address)).some(({ text }) => text.includes(receipt)))
      .toBe(true);
  }
});
