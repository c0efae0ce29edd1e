import { expect, test } from './fixtures.ts';
import { makePerson } from './make-person.ts';
import { openPerson } from './remove-factor.ts';
import { signInStaff } from './sign-in.ts';

test('an auditor sees factors and policy, and what they would need to change them', async ({ stack, page }) => {
  const person = await makePerson(stack, 'Audited', ['totp', 'otpSms']);
  await signInStaff(page, stack.people.staff('IAM_OWNER_VIEWER'));
  await openPerson(page, person.displayName);
  const buttons = page.getByRole('button', { name: /^Remove (Authenticator app|Code by SMS)$/ });
  await expect(buttons).toHaveCount(2);
  await expect(buttons.first()).toBeDisabled();
  await expect(page.getByText('user.write')).toBeVisible();
  await page.goto('/policy');
  await expect(page.getByRole('button', { name: 'Remove Authenticator app' })).toBeDisabled();
  await expect(page.getByText('IAM_OWNER', { exact: false }).first()).toBeVisible();
});

test('nobody removes a factor of their own, nor of somebody above them', async ({ stack, page }) => {
  const agent = stack.people.staff('IAM_USER_MANAGER');
  await signInStaff(page, agent, `/users/${agent.userId}`);
  await expect(page.getByRole('button', { name: 'Remove Authenticator app' })).toBeDisabled();
  await page.goto(`/users/${stack.people.staff('IAM_OWNER').userId}`);
  await expect(page.getByRole('button', { name: 'Remove Authenticator app' })).toBeDisabled();
});

test('an agent of one organisation finds its people only', async ({ stack, page }) => {
  const agent = stack.people.staff('ORG_USER_MANAGER');
  const stranger = stack.people.all.find(
    ({ organisationId, roles }) => roles.length === 0 && organisationId !== agent.organisationId,
  );
  await signInStaff(page, agent);
  await expect(page.getByRole('row')).not.toHaveCount(0);
  await page.getByRole('searchbox').fill(stranger?.displayName ?? '');
  await expect(page.getByRole('link', { name: stranger?.displayName ?? '' })).toHaveCount(0);
  await page.goto(`/users/${stranger?.userId}`);
  await expect(page.getByRole('alert').or(page.getByRole('heading', { level: 1 }))).toBeVisible();
  await expect(page.getByRole('button', { name: /^Remove/ })).toHaveCount(0);
});
