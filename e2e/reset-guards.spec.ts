import { startStack } from '@latchkey/test-kit/stack';
import { expect, test } from './fixtures.ts';
import { makePerson } from './make-person.ts';
import { fillReset, planReset, startReset } from './reset.ts';
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

test('nothing but how the caller was verified and the reason is required, and both are', async ({ stack, page }) => {
  const person = await makePerson(stack, 'Required', ['otpEmail']);
  await signInStaff(page, stack.people.staff('IAM_USER_MANAGER'), `/users/${person.userId}/reset`);
  await startReset(page).click();
  await expect(page).toHaveURL(/\/reset$/);
  await expect(page.getByRole('radiogroup', { name: 'How was the caller verified?' })).toBeVisible();
  // What a caller knows proves nothing: it is no choice.
  await expect(page.getByRole('radio', { name: /birth|number of|question|knows/i })).toHaveCount(0);
  await fillReset(page, person, 'Phone stolen');
  await planReset(page);
  await expect(page.getByRole('button', { name: 'Run', exact: true })).toBeVisible();
  await expect(page.getByText('Receipt')).toHaveCount(0);
});

test('a second agent finds the case of the first, and can take it over', async ({ browser, stack, page }) => {
  const person = await makePerson(stack, 'Twice', ['totp']);
  await signInStaff(page, stack.people.staff('IAM_USER_MANAGER'));
  await fillReset(page, person, 'Phone lost');
  const address = await planReset(page);

  const second = await (await browser.newContext({ baseURL: stack.publicUrl })).newPage();
  await signInStaff(second, stack.people.staff('IAM_OWNER', 2), `/users/${person.userId}/reset`);
  await expect(second.getByText(stack.people.staff('IAM_USER_MANAGER').displayName).first()).toBeVisible();
  await expect(startReset(second)).toHaveCount(0);
  await second.goto(address);
  await expect(second.getByRole('button', { name: 'Run', exact: true })).toHaveCount(0);
  await second.getByRole('button', { name: 'Take over' }).click();
  await second
    .getByRole('dialog')
    .or(second.getByRole('alertdialog'))
    .getByRole('button', { name: 'Take over' })
    .click();
  await expect(second.getByRole('button', { name: 'Run', exact: true })).toBeVisible();
  await page.reload();
  await expect(page.getByRole('button', { name: 'Run', exact: true })).toHaveCount(0);
});

test('the brake holds an agent who starts one case after another', async ({ browser }) => {
  test.setTimeout(120_000);
  // Ten an hour at 1: at 0.4 the fifth is refused.
  const stack = await startStack({ env: { LATCHKEY_RATE_SCALE: '0.4' } });
  try {
    const page = await (await browser.newContext({ baseURL: stack.publicUrl })).newPage();
    await signInStaff(page, stack.people.staff('IAM_OWNER'));
    for (const nth of [1, 2, 3, 4]) {
      await fillReset(page, await makePerson(stack, `Braked ${nth}`, []), 'Phone lost');
      await planReset(page);
    }
    const fifth = await makePerson(stack, 'Braked 5', []);
    await fillReset(page, fifth, 'Phone lost');
    await expect(page.getByText('You have started 4 this hour')).toBeVisible();
    // With a mouse or without: a button that is only greyed out would still be pressed by the keyboard.
    await startReset(page).press('Enter');
    await expect(page).toHaveURL(/\/reset$/);
    await page.goto('/resets');
    await expect(page.getByText('Kim Braked 4').first()).toBeVisible();
    await expect(page.getByText('Kim Braked 5')).toHaveCount(0);
  } finally {
    await stack.stop();
  }
});
