import type { Locator, Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { signInStaff } from './sign-in.ts';

async function askForSms(page: Page): Promise<Locator> {
  await page.getByRole('button', { name: 'Remove Code by SMS' }).click();
  const dialog = page.getByRole('dialog').or(page.getByRole('alertdialog'));
  await expect(dialog.getByText(/^Counted/)).toBeVisible();
  return dialog.getByText(/people have it\./);
}

/** The same, asked for person by person. */
async function countPeople(page: Page): Promise<{ holders: number; onlyThis: number }> {
  return await page.evaluate(async () => {
    const sum = { holders: 0, onlyThis: 0 };
    for (let offset: number | null = 0; offset !== null; ) {
      const answer: Response = await fetch(`/bff/api/login-policy/second-factors/otpSms/reliance?offset=${offset}`);
      const slice = (await answer.json()) as { holders: number; onlyThis: number; next: number | null };
      sum.holders += slice.holders;
      sum.onlyThis += slice.onlyThis;
      offset = slice.next;
    }
    return sum;
  });
}

test('before a type goes, the console counts who relies on it, and remembers over a reload', async ({
  stack,
  page,
}) => {
  await signInStaff(page, stack.people.staff('IAM_OWNER'), '/policy');
  const counts: string[] = [];
  page.on('request', (request) => {
    if (/factor-changes|reliance/.test(request.url())) counts.push(new URL(request.url()).pathname);
  });
  const words = (await (await askForSms(page)).textContent()) ?? '';
  expect(new Set(counts)).toEqual(new Set(['/bff/api/login-policy/factor-changes']));
  const { holders, onlyThis } = await countPeople(page);
  expect(words).toContain(`${holders} people have it. ${onlyThis} of them have nothing else.`);

  await page.reload();
  counts.length = 0;
  expect(await (await askForSms(page)).textContent()).toContain(`${holders} people have it.`);
  expect(counts).toEqual([]);

  // The session is over, and nobody signed out: what was kept goes with it.
  await page.context().clearCookies();
  await page.reload();
  await expect(page.getByRole('main').getByRole('button', { name: 'Sign in' })).toBeVisible();
  expect(await page.evaluate(() => JSON.stringify(sessionStorage))).not.toContain('latchkey.kept');
});
