import { expect, test } from './fixtures.ts';
import { expectSignedIn, signInStaff } from './sign-in.ts';

test('a session lives on whichever process is killed or stopped', async ({ page, stack }) => {
  test.setTimeout(180_000);
  const person = stack.people.staff('IAM_OWNER');
  await signInStaff(page, person, `/users/${person.userId}`);
  const heading = page.getByRole('heading', { level: 1, name: person.displayName });
  for (const signal of ['SIGKILL', 'SIGTERM'] as const) {
    for (let index = 0; index < stack.bffs.size; index += 1) {
      await stack.bffs.end(index, signal);
      await page.reload();
      await expectSignedIn(page);
      await expect(heading).toBeVisible();
      await stack.bffs.restart(index);
    }
  }
  for (const [port, count] of stack.bffs.answered) expect(count, `BFF on ${port} took part`).toBeGreaterThan(0);
});
