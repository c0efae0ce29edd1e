import { openDatabase } from '@latchkey/database/open-database';
import type { Stack } from '@latchkey/test-kit/stack';
import { expect, test } from './fixtures.ts';
import { makePerson } from './make-person.ts';
import { signInStaff } from './sign-in.ts';

interface SessionRows {
  sessions: { subject: string; last_seen_at: number };
}

/** Makes the sessions of a person as old as if nothing had happened in them for so many seconds more. */
async function letTimePass(stack: Stack, subject: string, seconds: number): Promise<void> {
  const { db } = openDatabase<SessionRows>(stack.database);
  await db
    .updateTable('sessions')
    .set((row) => ({ last_seen_at: row('last_seen_at', '-', seconds * 1_000) }))
    .where('subject', '=', subject)
    .execute();
  await db.destroy();
}

test('a page without a network says so, changes nothing, and goes on when it is back', async ({
  stack,
  page,
  context,
}) => {
  const { userId } = await makePerson(stack, 'Offline', ['otpEmail']);
  await signInStaff(page, stack.people.staff('IAM_OWNER'), `/users/${userId}`);
  const button = page.getByRole('button', { name: 'Remove Code by email' });
  await expect(button).toBeVisible();
  await context.setOffline(true);
  const banner = page.getByText('You are offline.');
  await expect(banner).toBeVisible();
  await expect(button).toBeVisible();

  await button.click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: 'Reason' }).fill('Phone lost, called back');
  await dialog.getByRole('button', { name: 'Remove' }).click();
  await expect(dialog.getByText('Latchkey could not be reached.')).toBeVisible();
  await dialog.getByRole('button', { name: 'Cancel' }).click();

  await context.setOffline(false);
  await expect(banner).toHaveCount(0);
  await page.reload();
  // What was asked for without a network was not sent when it came back.
  await expect(button).toBeVisible();
});

test('a session about to end says so and can be kept; one that has ended asks for a sign-in', async ({
  stack,
  page,
}) => {
  const agent = stack.people.staff('IAM_OWNER_VIEWER');
  // The page asks every quarter of a minute how its session stands; its clock is put on for that, and no more.
  await page.clock.install();
  await signInStaff(page, agent);
  // Whatever the page still asks for puts the end off.
  await page.waitForLoadState('networkidle');
  await letTimePass(stack, agent.userId, 14 * 60);
  await page.clock.runFor(15_000);
  const warning = page.getByRole('alert').filter({ hasText: 'you are signed out at' });
  await expect(warning).toBeVisible();
  await warning.getByRole('button', { name: 'Stay signed in' }).click();
  await expect(warning).toHaveCount(0);

  // What the page was still asking for when time passed puts the end off.
  await expect(async () => {
    await letTimePass(stack, agent.userId, 16 * 60);
    await page.clock.runFor(15_000);
    await expect(page.getByRole('main').getByRole('button', { name: 'Sign in' })).toBeVisible({ timeout: 3_000 });
  }).toPass();
  await expect(page.getByRole('table')).toHaveCount(0);
});
