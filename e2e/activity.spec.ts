import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { makePerson } from './make-person.ts';
import { removeFactor } from './remove-factor.ts';
import { signInStaff } from './sign-in.ts';

async function exported(page: Page, button: string): Promise<string[]> {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: button }).click(),
  ]);
  const text = await readFile(await download.path(), 'utf8');
  return text.trimEnd().split(/\r?\n/);
}

test('activity is narrowed to a person by name, and leaves as CSV and as JSON lines', async ({ stack, page }) => {
  const person = await makePerson(stack, 'Trailside', ['otpEmail']);
  const agent = stack.people.staff('IAM_OWNER');
  await signInStaff(page, agent, `/users/${person.userId}`);
  await removeFactor(page, 'Code by email', '=1+1, "called back"');

  await page.goto('/activity');
  const field = page.getByRole('combobox', { name: 'Person' });
  await field.fill('trailsi');
  await expect(page.getByRole('option', { name: 'Kim Trailside' })).toHaveAttribute('aria-selected', 'true');
  await expect(field).toHaveAttribute('aria-expanded', 'true');
  await field.press('Enter');
  await expect(page).toHaveURL(`/activity?person=${person.userId}`);
  await expect(field).toHaveValue('Kim Trailside');
  await page.getByRole('combobox', { name: 'Kind' }).selectOption('Factors');
  await page.getByRole('combobox', { name: 'By' }).fill(agent.loginName);
  await page.getByRole('option', { name: agent.displayName }).click();
  const narrowed = `/activity?kind=factors&person=${person.userId}&by=${agent.userId}`;
  await expect(page).toHaveURL(narrowed);

  await page.reload();
  await expect(field).toHaveValue('Kim Trailside');
  await expect(page.getByRole('combobox', { name: 'By' })).toHaveValue(agent.displayName);
  const lines = page.getByRole('main').getByRole('listitem');
  await expect(lines.filter({ hasText: '=1+1, "called back"' })).toHaveCount(1);
  await expect(lines.filter({ hasNotText: 'Kim Trailside' })).toHaveCount(0);

  const [head, ...rows] = await exported(page, 'Export as CSV');
  expect(head).toBe('at,source,what,target,actor,reason,ticket,outcome,request,id');
  expect(rows).toHaveLength(await lines.count());
  expect(rows.filter((row) => row.includes(`"'=1+1, ""called back"""`))).toHaveLength(1);
  const entries = (await exported(page, 'Export as JSON lines')).map((line) => JSON.parse(line));
  expect(entries).toHaveLength(rows.length);
  expect(entries.filter(({ reason }) => reason === '=1+1, "called back"')).toHaveLength(1);
  for (const { actorId } of entries) expect(actorId).toBe(agent.userId);

  // Escape goes back to whom the filter has; an id is taken, too; empty is no filter.
  await field.fill('somebody');
  await field.press('Escape');
  await expect(field).toHaveValue('Kim Trailside');
  await field.fill(agent.userId);
  await field.press('Enter');
  await expect(page).toHaveURL(`/activity?kind=factors&person=${agent.userId}&by=${agent.userId}`);
  await page.reload();
  await expect(page.getByText('Nothing happened that these filters let through.')).toBeVisible();
  await expect(field).toHaveValue(agent.displayName);
  await field.fill('');
  await expect(page).toHaveURL(`/activity?kind=factors&by=${agent.userId}`);
});
