import type { Stack } from '@latchkey/test-kit/stack';
import { expect, test } from './fixtures.ts';
import { openPerson } from './remove-factor.ts';
import { signInStaff } from './sign-in.ts';

/** Makes a person of this name, with codes by email, as whoever may write to ZITADEL could. */
async function makePerson({ issuer, adminPat }: Stack, displayName: string, nth: number): Promise<void> {
  const call = async (path: string, body: object) => {
    const answer = await fetch(issuer + path, {
      method: 'POST',
      headers: { authorization: `Bearer ${adminPat}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return (await answer.json()) as { userId: string };
  };
  const email = { email: `odd-${nth}@example.test`, isVerified: true };
  const profile = { givenName: displayName, familyName: displayName, displayName };
  const { userId } = await call('/v2/users/human', { username: `odd-${nth}`, profile, email });
  await call(`/v2/users/${userId}/otp_email`, {});
}

const names = [
  `<img src=x onerror="document.title='broken'"><script>document.title='broken'</script>`,
  `"><svg onload="document.title='broken'">{{7*7}}\${7*7}</bdi></main>`,
  'Anna \u202Egnp.nimda',
  '\u{1F468}\u200D\u{1F469}\u200D\u{1F467} Zo\u0308e\u0301 \u05D3\u05D5\u05D3',
  'W'.repeat(200),
];

test('a name is text, whatever it is made of', async ({ page, stack }) => {
  for (const [nth, name] of names.entries()) await makePerson(stack, name, nth);
  await signInStaff(page, stack.people.staff('IAM_OWNER'));
  await page.getByRole('searchbox').fill('odd-');
  for (const name of names) await expect(page.getByRole('link', { name, exact: true })).toHaveText(name);
  expect(await overflow()).toBe(0);

  for (const name of names) {
    await openPerson(page, name);
    expect(await turnable(name)).toEqual({ shown: true, stray: [] });
    await page.getByRole('button', { name: 'Remove Code by email' }).click();
    const dialog = page.getByRole('dialog').or(page.getByRole('alertdialog'));
    await expect(dialog.getByRole('heading')).toContainText(name);
    expect(await turnable(name)).toEqual({ shown: true, stray: [] });
    expect(await overflow()).toBe(0);
    await expect(page).not.toHaveTitle('broken');
    expect(await page.locator('img[src="x"], svg[onload]').count()).toBe(0);
    await page.keyboard.press('Escape');
  }

  /** How much wider than the window the page is, in pixels. */
  function overflow(): Promise<number> {
    return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  }

  /** Whether the name is shown, and the elements in which it could turn the text around it. */
  function turnable(name: string): Promise<{ shown: boolean; stray: string[] }> {
    return page.evaluate((name) => {
      const elements = [...document.body.querySelectorAll('*')];
      const holders = elements.filter((element) =>
        [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.textContent?.includes(name)),
      );
      const stray = holders.filter((holder) => !/isolate|plaintext/.test(getComputedStyle(holder).unicodeBidi));
      return { shown: holders.length > 0, stray: stray.map((holder) => holder.outerHTML.slice(0, 200)) };
    }, name);
  }
});
