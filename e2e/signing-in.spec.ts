import { expect, test } from './fixtures.ts';
import { expectSignedIn, signInStaff } from './sign-in.ts';

test('signed out there is one button, and nothing redirects by itself', async ({ page }) => {
  for (const path of ['/', '/users', '/policy']) {
    await page.goto(path);
    await expect(page.getByRole('main').getByRole('button', { name: 'Sign in' })).toBeVisible();
    expect(new URL(page.url()).pathname).toBe(path);
  }
});

test('a deep link survives the sign-in, a reload and a second tab', async ({ page, context, stack }) => {
  const person = stack.people.staff('IAM_OWNER');
  const path = `/users/${person.userId}`;
  await signInStaff(page, person, path);
  await expect(page).toHaveURL(path);
  await expect(page.getByRole('heading', { level: 1, name: person.displayName })).toBeVisible();
  await page.reload();
  await expect(page.getByRole('heading', { level: 1, name: person.displayName })).toBeVisible();
  const second = await context.newPage();
  await second.goto('/policy');
  await expectSignedIn(second);
});

test('signing out ends it in the browser and at ZITADEL', async ({ page, stack }) => {
  await signInStaff(page, stack.people.staff('IAM_OWNER_VIEWER'));
  await page.getByRole('button', { name: 'Sign out' }).click();
  await expect(page).toHaveURL(/\/signed-out/);
  await page.goto('/users');
  await page.getByRole('main').getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByLabel('Login name').or(page.getByLabel('Password'))).toBeVisible();
});
