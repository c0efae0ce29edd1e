import { totpCode } from '@latchkey/test-kit/totp';
import { expect, test } from './fixtures.ts';
import { makePerson } from './make-person.ts';
import { enterCode, enterPassword, signInStaff } from './sign-in.ts';

test.describe('in a German browser', () => {
  test.use({ locale: 'de-CH' });

  test('the console speaks German, from signing in to a removal', async ({ stack, page }) => {
    const person = await makePerson(stack, 'Deutsch', ['totp', 'otpEmail']);
    const staff = stack.people.staff('IAM_OWNER');
    await page.goto(`/users/${person.userId}`);
    await expect(page.locator('html')).toHaveAttribute('lang', 'de');
    await page.getByRole('main').getByRole('button', { name: 'Anmelden' }).click();
    await enterPassword(page, staff);
    await enterCode(page, totpCode(staff));
    await expect(page.getByRole('heading', { level: 1, name: person.displayName })).toBeVisible();

    await page.getByRole('button', { name: 'Authenticator-App entfernen' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('textbox', { name: 'Grund' }).fill('Gerät verloren');
    await dialog.getByRole('button', { name: 'Entfernen' }).click();
    await expect(page.getByText('Gerade von Ihnen entfernt')).toBeVisible();
  });
});

test('Arabic is chosen, runs from right to left on every page, and stays', async ({ stack, page }) => {
  // Nothing is changed about whoever has most factors.
  const person = stack.people.all.find(({ factors }) => factors.length > 4);
  const displayName = person?.displayName ?? '';
  await signInStaff(page, stack.people.staff('IAM_OWNER'), '/me');
  await page.getByRole('combobox', { name: 'Language' }).selectOption('ar');
  await expect(page.locator('html')).toHaveAttribute('dir', 'rtl');
  await expect(page.locator('html')).toHaveAttribute('lang', 'ar');

  const name = page.getByRole('link', { name: 'Latchkey' });
  const signOut = page.getByRole('button', { name: 'تسجيل الخروج' });
  for (const path of ['/users', `/users/${person?.userId}`, '/policy', '/activity', '/me']) {
    await page.goto(path);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await expect(signOut).toBeVisible();
    const [start, end] = [await name.boundingBox(), await signOut.boundingBox()];
    expect(start?.x).toBeGreaterThan(end?.x ?? Number.POSITIVE_INFINITY);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
  }

  await page.getByRole('link', { name: 'المستخدمون' }).click();
  await page.getByRole('searchbox').fill(displayName);
  await page.getByRole('link', { name: displayName }).first().click();
  await page.getByRole('button', { name: 'إزالة تطبيق المصادقة' }).click();
  await expect(page.getByRole('dialog')).toContainText(displayName);
  await page.getByRole('dialog').getByRole('button', { name: 'إلغاء' }).click();
  await expect(page.getByRole('dialog')).toHaveCount(0);
});
