import { expect, test } from './fixtures.ts';
import { signInStaff } from './sign-in.ts';

test('typing on overtakes a search: it is cancelled, and its results are never shown', async ({
  stack,
  page,
  context,
}) => {
  const { displayName } = stack.people.staff('IAM_OWNER_VIEWER');
  await signInStaff(page, stack.people.staff('IAM_OWNER'));
  await expect(page.getByRole('table')).toBeVisible();
  // A slow line, so that the first search is still on its way when the rest is typed.
  const line = await context.newCDPSession(page);
  await line.send('Network.enable');
  await line.send('Network.emulateNetworkConditions', {
    ...{ offline: false, latency: 3_000, downloadThroughput: -1, uploadThroughput: -1 },
  });
  const searchOf = (url: string) => new URL(url).searchParams.get('search');
  const cancelled: (string | null)[] = [];
  page.on('requestfailed', (request) => cancelled.push(searchOf(request.url())));

  // Each list that the page ever shows from here on.
  await page.evaluate(() => {
    const shown: string[] = [];
    Object.assign(window, { shown });
    const note = () => shown.push(document.querySelector('.users-count')?.textContent ?? '');
    new MutationObserver(note).observe(document.body, { subtree: true, childList: true, characterData: true });
  });
  const all = (await page.getByRole('status').filter({ hasText: 'people' }).textContent()) ?? '';
  const [first = ''] = displayName;
  const asked = page.waitForRequest((request) => searchOf(request.url()) === first);
  await page.getByRole('searchbox').pressSequentially(first);
  await asked;
  await page.getByRole('searchbox').fill(displayName);
  await expect(page.getByRole('row')).toHaveCount(2);
  await expect(page.getByRole('link', { name: displayName })).toBeVisible();
  await expect(page).toHaveURL(new RegExp(`search=${encodeURIComponent(displayName).replace('%20', '(\\+|%20)')}$`));

  expect(cancelled).toContain(first);
  const shown = await page.evaluate(() => (window as unknown as { shown: string[] }).shown);
  expect(shown.filter((words) => words !== all && words !== '1 person')).toEqual([]);
});

test('a row opened right after typing is opened, and the search does not call back', async ({ stack, page }) => {
  await signInStaff(page, stack.people.staff('IAM_OWNER'));
  const row = page.getByRole('rowheader').getByRole('link').first();
  await expect(row).toBeVisible();
  const name = (await row.textContent()) ?? '';
  // The code of the next page takes longer than the pause after a letter.
  await page.route(/user-route/, async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 700));
    await route.continue();
  });
  await page.getByRole('searchbox').fill(name);
  await row.click();
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
  await expect(page).toHaveURL(/\/users\/\d+$/);
});
