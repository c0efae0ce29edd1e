import { newestCode } from '@latchkey/test-kit/outbox';
import type { Person } from '@latchkey/test-kit/person';
import type { Stack } from '@latchkey/test-kit/stack';
import { totpCode } from '@latchkey/test-kit/totp';
import { expect, type Page } from '@playwright/test';

/** Login name and password at ZITADEL's pages, up to whatever comes next. */
export async function enterPassword(page: Page, person: Person): Promise<void> {
  await page.getByLabel('Login name').fill(person.loginName);
  await page.getByRole('button', { name: 'Next' }).click();
  await page.getByLabel('Password').fill(person.password);
  await page.getByRole('button', { name: 'Next' }).click();
}

/** The code of the second factor, at the page that asks for one. */
export async function enterCode(page: Page, code: string): Promise<void> {
  await page.getByLabel('Code').fill(code);
  await page.getByRole('button', { name: 'Next' }).click();
}

/** Goes to a page of the console signed out, and to ZITADEL's pages by its one button. */
export async function beginSignIn(page: Page, path = '/users'): Promise<void> {
  await page.goto(path);
  await page.getByRole('main').getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByLabel('Login name')).toBeVisible();
}

/** The console knows who is here. */
export async function expectSignedIn(page: Page): Promise<void> {
  await expect(page.getByRole('button', { name: 'Sign out' })).toBeVisible();
}

/** Signs staff in, with the authenticator app that all of them have, at the page they wanted to see. */
export async function signInStaff(page: Page, person: Person, path = '/users'): Promise<void> {
  await beginSignIn(page, path);
  await enterPassword(page, person);
  await enterCode(page, totpCode(person));
  await expectSignedIn(page);
}

/** The newest code that was sent to where this factor of the person sends them. */
export async function sentCode(stack: Stack, person: Person, kind: 'otpEmail' | 'otpSms'): Promise<string> {
  const factor = person.factors.find((candidate) => candidate.kind === kind);
  if (factor?.kind !== 'otpEmail' && factor?.kind !== 'otpSms') throw new Error(`${person.loginName} has no ${kind}.`);
  return await newestCode(stack.issuer, factor.to);
}
