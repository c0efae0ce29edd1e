import { expect, test } from './fixtures.ts';
import { signInStaff } from './sign-in.ts';

test('the focus goes along to the page that the keyboard went to', async ({ stack, page }) => {
  await signInStaff(page, stack.people.staff('IAM_OWNER'));
  // The page's script is late, so its title comes some time after the step.
  await page.route(/activity-page.*\.js$/, async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 500));
    await route.continue();
  });
  await page.goto('/users');
  for (const name of ['Activity', 'Policy', 'Activity']) {
    await page.getByRole('navigation').getByRole('link', { name }).focus();
    await page.keyboard.press('Enter');
    await expect(
      page.getByRole('heading', { level: 1, name: name === 'Policy' ? 'Login policy' : name }),
    ).toBeFocused();
  }
});
