import type { Person } from '@latchkey/test-kit/person';
import type { Page } from '@playwright/test';
import { timeInPage } from './slow-page.ts';

/** A removal, in milliseconds: until its result stands, painted, in the row, and how long of it the BFF was waited for. */
export interface Removal {
  readonly result: number;
  readonly answer: number;
}

/** From the click that confirms a removal. */
export async function timeRemoval(page: Page, person: Person): Promise<Removal> {
  await page.goto(`/users/${person.userId}`);
  await page
    .getByRole('button', { name: /^Remove / })
    .first()
    .click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: 'Reason' }).fill('Measured');
  const took = await timeInPage(page, 'click', { selector: 'main', text: 'Removed just now by you' });
  await dialog.getByRole('button', { name: 'Remove' }).click();
  const result = await took();
  const answers = await page.evaluate(() =>
    performance.getEntriesByType('resource').map(({ name, duration }) => ({ name, duration })),
  );
  // The removal has the name of a factor at its end; readings have the list's.
  const answer = answers.find(({ name }) => /\/factors\/./.test(name))?.duration ?? Number.NaN;
  return { result, answer };
}

/** A letter that finds some, and how many: the count beside the search says so when the results are there. */
export interface Letter {
  readonly letter: string;
  readonly count: number;
}

/** Letters that do not find everybody, so that a result can be told from what was there before. */
export async function findLetters(page: Page): Promise<readonly Letter[]> {
  const totalOf = async (search: string) => {
    const headers = { 'sec-fetch-site': 'same-origin' };
    const answer = await page.context().request.get('/bff/api/users', { params: { limit: 1, search }, headers });
    return ((await answer.json()) as { total: number }).total;
  };
  const all = await totalOf('');
  const letters: Letter[] = [];
  for (const letter of 'zvwkyhubdg') {
    const count = await totalOf(letter);
    if (count > 1 && count < all) letters.push({ letter, count });
  }
  return letters;
}

/** Milliseconds from a typed letter until its results are painted, at the list of everybody. */
export async function timeSearch(page: Page, { letter, count }: Letter): Promise<number> {
  await page.goto('/users');
  await page.locator('tbody th a').first().waitFor();
  const took = await timeInPage(page, 'input', { selector: '.users-count', text: `${count} people` });
  await page.getByRole('searchbox').press(letter);
  return await took();
}
