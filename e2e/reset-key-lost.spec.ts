import { expect, test } from './fixtures.ts';
import { expectReceipt, fillReset, planReset, runReset } from './reset.ts';
import { signInStaff } from './sign-in.ts';

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
