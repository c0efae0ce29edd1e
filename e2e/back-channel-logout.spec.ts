import { expect, test } from './fixtures.ts';
import { signInStaff } from './sign-in.ts';
import { callZitadel } from './zitadel-api.ts';

test('a session that ended at ZITADEL ends in every tab, without anybody touching them', async ({
  page,
  context,
  stack,
}) => {
  const person = stack.people.staff('IAM_OWNER_VIEWER');
  await signInStaff(page, person);
  const second = await context.newPage();
  await second.goto('/me');
  await expect(second.getByRole('button', { name: 'Sign out' })).toBeVisible();

  const query = { queries: [{ userIdQuery: { id: person.userId } }] };
  const { sessions } = await callZitadel<{ sessions: { id: string }[] }>(stack, 'POST', '/v2/sessions/search', query);
  expect(sessions.length).toBeGreaterThan(0);
  for (const { id } of sessions) await callZitadel(stack, 'DELETE', `/v2/sessions/${id}`, {});

  for (const tab of [page, second]) {
    await expect(tab.getByText('Your session has ended.')).toBeVisible({ timeout: 30_000 });
    await expect(tab.getByRole('main').getByRole('button', { name: 'Sign in' })).toBeVisible();
  }
  await expect.poll(() => JSON.stringify(stack.bffs.outputs())).toContain('back-channel logout');
});
