import { randomUUID } from 'node:crypto';
import type { Person } from '@latchkey/test-kit/person';
import type { Stack } from '@latchkey/test-kit/stack';
import { expect, test } from './fixtures.ts';
import { beginSignIn, enterCode, enterPassword, expectSignedIn, sentCode } from './sign-in.ts';
import { callZitadel } from './zitadel-api.ts';

/** An instance viewer who has a password and nothing else. */
async function addPasswordOnlyViewer(stack: Stack): Promise<Person> {
  const { organisationId } = stack.people.staff('IAM_OWNER');
  const username = `viewer-${randomUUID()}`;
  const password = `Aa1!${randomUUID()}`;
  const email = `${username}@example.org`;
  const { userId } = await callZitadel<{ userId: string }>(stack, 'POST', '/v2/users/human', {
    organization: { orgId: organisationId },
    username,
    profile: { givenName: 'Vera', familyName: 'Viewer' },
    email: { email, isVerified: true },
    password: { password, changeRequired: false },
  });
  await callZitadel(stack, 'POST', '/admin/v1/members', { userId, roles: ['IAM_OWNER_VIEWER'] });
  const { user } = await callZitadel<{ user: { preferredLoginName: string } }>(stack, 'GET', `/v2/users/${userId}`);
  return {
    userId,
    loginName: user.preferredLoginName,
    password,
    displayName: 'Vera Viewer',
    organisationId,
    state: 'active',
    roles: ['IAM_OWNER_VIEWER'],
    factors: [{ kind: 'otpEmail', to: email }],
  };
}

test('whoever gets a second factor while signed in is led to a sign-in with it, and back', async ({ page, stack }) => {
  const person = await addPasswordOnlyViewer(stack);
  await beginSignIn(page, '/policy');
  await enterPassword(page, person);
  const skip = page.getByRole('button', { name: 'Skip' });
  await expect(skip.or(page.getByRole('button', { name: 'Sign out' }))).toBeVisible();
  if (await skip.isVisible()) await skip.click();
  await expectSignedIn(page);

  await callZitadel(stack, 'POST', `/v2/users/${person.userId}/otp_email`, {});
  await page.reload();
  await expect(page.getByRole('heading', { name: 'This needs a fresh sign-in.' })).toBeVisible();
  await page.getByRole('main').getByRole('button', { name: 'Sign in again' }).click();
  await page.getByLabel('Password').fill(person.password);
  await page.getByRole('button', { name: 'Next' }).click();
  await expect(page.getByLabel('Code')).toBeVisible();
  await enterCode(page, await sentCode(stack, person, 'otpEmail'));
  await expectSignedIn(page);
  await expect(page.getByRole('heading', { level: 1, name: /policy/i })).toBeVisible();
  expect(new URL(page.url()).pathname).toBe('/policy');
});
