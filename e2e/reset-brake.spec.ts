import { startStack } from '@latchkey/test-kit/stack';
import { expect, test } from './fixtures.ts';
import { makePerson } from './make-person.ts';
import { fillReset, planReset, startReset } from './reset.ts';
import { signInStaff } from './sign-in.ts';

test('the brake holds an agent who starts one case after another', async ({ browser }) => {
  test.setTimeout(120_000);
  // Ten an hour at 1: at 0.2 the third is refused.
  const stack = await startStack({ env: { LATCHKEY_RATE_SCALE: '0.2' } });
  try {
    const page = await (await browser.newContext({ baseURL: stack.publicUrl })).newPage();
    await signInStaff(page, stack.people.staff('IAM_OWNER'));
    for (const nth of [1, 2]) {
      await fillReset(page, await makePerson(stack, `Braked ${nth}`, []), 'Phone lost');
      await planReset(page);
    }
    const third = await makePerson(stack, 'Braked 3', []);
    await fillReset(page, third, 'Phone lost');
    await expect(page.getByText('You have started 2 this hour')).toBeVisible();
    // With a mouse or without: a button that is only greyed out would still be pressed by the keyboard.
    await startReset(page).press('Enter');
    await expect(page).toHaveURL(/\/reset$/);
    await page.goto('/resets');
    await expect(page.getByText('Kim Braked 2').first()).toBeVisible();
    await expect(page.getByText('Kim Braked 3')).toHaveCount(0);
  } finally {
    await stack.stop();
  }
});
