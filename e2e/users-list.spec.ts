import type { Stack } from '@latchkey/test-kit/stack';
import { expect, test } from './fixtures.ts';
import { signInStaff } from './sign-in.ts';
import { callZitadel } from './zitadel-api.ts';

/** As many as fill one page of the list, and one more. */
async function makeFullPage(stack: Stack, familyName: string): Promise<void> {
  const make = (nth: number) =>
    callZitadel(stack, 'POST', '/v2/users/human', {
      username: `${familyName}-${nth}`.toLowerCase(),
      profile: { givenName: `Nr${String(nth).padStart(2, '0')}`, familyName },
      email: { email: `${familyName}-${99 - nth}@people.example`.toLowerCase(), isVerified: true },
    });
  for (let nth = 0; nth <= 50; nth += 3) await Promise.all([nth, nth + 1, nth + 2].map(make));
}

test('the list is walked by keyboard alone, and its URL keeps what it shows', async ({ stack, page }) => {
  await makeFullPage(stack, 'Walker');
  await signInStaff(page, stack.people.staff('IAM_OWNER'));
  const search = page.getByRole('searchbox');
  const link = (nth: string) => page.getByRole('link', { name: `Nr${nth} Walker` });
  // The frame is there before the page that listens to the key.
  await expect(search).toBeVisible();
  await expect(page.getByRole('rowheader').first()).toBeVisible();
  await page.keyboard.press('/');
  await expect(search).toBeFocused();
  await page.keyboard.type('Walker');
  await expect(page.getByRole('status').filter({ hasText: '51 people' })).toBeVisible();
  await page.keyboard.press('ArrowDown');
  await expect(link('00')).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowUp');
  await expect(link('01')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'Nr01 Walker' })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(page).toHaveURL(/\/users\?search=Walker$/);
  await expect(link('01')).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(search).toBeFocused();

  await page.getByRole('columnheader', { name: 'Email' }).getByRole('button').click();
  await expect(page.getByRole('columnheader', { name: 'Email' })).toHaveAttribute('aria-sort', 'ascending');
  await page.getByRole('combobox', { name: 'State' }).selectOption('Active');
  await page.getByRole('link', { name: 'Next' }).click();
  const expectLastPage = async () => {
    await expect(page).toHaveURL(/\?search=Walker&state=active&sort=email&page=2$/);
    // Their addresses count down while their names count up.
    await expect(link('00')).toBeVisible();
    await expect(page.getByRole('rowheader')).toHaveCount(1);
    await expect(page.getByText('51–51 of 51')).toBeVisible();
  };
  await expectLastPage();
  await page.reload();
  await expectLastPage();
  await expect(search).toHaveValue('Walker');
  await expect(page.getByRole('combobox', { name: 'State' })).toHaveValue('active');
  await expect(page.getByRole('columnheader', { name: 'Email' })).toHaveAttribute('aria-sort', 'ascending');
  await page.goBack();
  await expect(page.getByRole('rowheader')).toHaveCount(50);
  await expect(page.getByRole('navigation', { name: 'Recently opened' })).toHaveCount(0);
  await page.goto('/users');
  await expect(search).toHaveValue('');
});
