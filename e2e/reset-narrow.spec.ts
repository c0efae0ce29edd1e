import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { makePerson } from './make-person.ts';
import { expectReceipt, fillReset, planReset, runReset } from './reset.ts';
import { signInStaff } from './sign-in.ts';

// A phone; colours of the system's choosing; nothing moves.
test.use({ viewport: { width: 360, height: 740 } });

async function expectFits(page: Page): Promise<void> {
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
}

/** Whatever the keyboard comes to, with all that it passes, shows where it is; and nothing takes time to change. */
async function expectFocusSeen(page: Page): Promise<void> {
  await page.locator('h1').focus();
  for (let tabs = 0; tabs < 12; tabs += 1) {
    await page.keyboard.press('Tab');
    const seen = await page.evaluate(() => {
      const element = document.activeElement ?? document.body;
      const { outlineStyle, outlineWidth, transitionDuration } = getComputedStyle(element);
      const { top, bottom } = element.getBoundingClientRect();
      return {
        what: element.outerHTML.slice(0, 120),
        outlined: element === document.body || (outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2),
        inView: element === document.body || (bottom > 0 && top < innerHeight),
        still: Number.parseFloat(transitionDuration) === 0,
      };
    });
    expect(seen).toEqual({ what: seen.what, outlined: true, inView: true, still: true });
  }
}

test('a reset fits a phone, in forced colours and without motion, also from right to left', async ({ stack, page }) => {
  await page.emulateMedia({ forcedColors: 'active', reducedMotion: 'reduce' });
  const person = await makePerson(stack, 'Narrowminster-Featherstonehaugh', ['totp', 'otpEmail', 'otpSms']);
  await signInStaff(page, stack.people.staff('IAM_OWNER', 1));
  await fillReset(page, person, 'Phone lost');
  await expectFits(page);
  await expectFocusSeen(page);
  const address = await planReset(page);
  await expectFits(page);
  await expectFocusSeen(page);
  await runReset(page);
  await expectReceipt(page);
  await expectFits(page);
  await expectFocusSeen(page);

  await page.goto('/me');
  await page.getByRole('combobox', { name: 'Language' }).selectOption('ar');
  for (const path of [address, `/users/${person.userId}/reset`, '/resets?show=all', '/approvals']) {
    await page.goto(path);
    await expect(page.locator('html')).toHaveAttribute('dir', 'rtl');
    await expectFits(page);
    // A page whose words or data come a moment later hides its first title for the one that it shows then.
    const titleEnd = async () => {
      const title = await page.getByRole('heading', { level: 1 }).boundingBox();
      return (title?.x ?? 0) + (title?.width ?? 0);
    };
    await expect.poll(titleEnd).toBeGreaterThan(300);
  }
});
