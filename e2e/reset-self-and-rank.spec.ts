import { expect, test } from './fixtures.ts';
import { startReset } from './reset.ts';
import { signInStaff } from './sign-in.ts';

test('an agent can reset neither themselves nor somebody above them', async ({ stack, page }) => {
  const agent = stack.people.staff('IAM_USER_MANAGER');
  await signInStaff(page, agent, `/users/${agent.userId}/reset`);
  await expect(page.getByText('You cannot reset yourself')).toBeVisible();
  await expect(startReset(page)).toHaveCount(0);
  await page.goto(`/users/${stack.people.staff('IAM_OWNER').userId}/reset`);
  await expect(page.getByText('You may not reset somebody with a higher role')).toBeVisible();
  await expect(startReset(page)).toHaveCount(0);
});
