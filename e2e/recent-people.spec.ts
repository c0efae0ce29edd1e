import { expect, test } from './fixtures.ts';
import { makePerson } from './make-person.ts';
import { signInStaff } from './sign-in.ts';

test('who was just opened is one click away, and an id is copied', async ({ stack, page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const [first, second] = [await makePerson(stack, 'Recent-One', []), await makePerson(stack, 'Recent-Two', [])];
  await signInStaff(page, stack.people.staff('IAM_OWNER'));
  const recent = page.getByRole('navigation', { name: 'Recently opened' });
  for (const { displayName } of [first, second, first]) {
    const search = page.getByRole('searchbox');
    await search.fill(displayName);
    await expect(page).toHaveURL(/search=/);
    await page.getByRole('link', { name: displayName }).last().click();
    await expect(page.getByRole('heading', { level: 1, name: displayName })).toBeVisible();
    await page.keyboard.press('Escape');
    // A list that was narrowed shows who was looked for, and nobody else.
    await expect(search).toHaveValue(displayName);
    await expect(recent).toHaveCount(0);
    await search.fill('');
    await expect(recent).toBeVisible();
  }
  // Newest first, and nobody twice.
  await expect(recent.getByRole('link')).toHaveText([first.displayName, second.displayName]);
  await recent.getByRole('link', { name: second.displayName }).click();
  await expect(page.getByRole('heading', { level: 1, name: second.displayName })).toBeVisible();

  const copy = page.getByRole('button', { name: 'Copy user id' });
  await copy.click();
  await expect(copy).toHaveText('Copied');
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(second.userId);
  await context.clearPermissions();
  await page.evaluate(() => {
    navigator.clipboard.writeText = () => Promise.reject(new Error('not allowed'));
  });
  await expect(copy).toHaveText('Copy');
  await copy.click();
  await expect(copy).toHaveText('Copying failed');

  // Names are not left behind in the browser.
  await page.goto('/users');
  await expect(page.getByRole('rowheader').first()).toBeVisible();
  await expect(recent).toHaveCount(0);
});
