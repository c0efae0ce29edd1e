import type { Page } from '@playwright/test';
import { startFaultyStack } from './faulty-stack.ts';
import { expect, test } from './fixtures.ts';
import { makePerson } from './make-person.ts';
import { signInStaff } from './sign-in.ts';

async function tryRemoval(page: Page, factor: string) {
  await page.getByRole('button', { name: `Remove ${factor}` }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: 'Reason' }).fill('Phone lost, called back');
  await dialog.getByRole('button', { name: 'Remove' }).click();
  return dialog;
}

const html = '<!doctype html><title>Bad gateway</title><h1>nginx was here</h1>';

test('whatever ZITADEL does to a removal, the page says what became of it and what to do', async ({ browser }) => {
  // A stack of its own has to start within the test.
  test.setTimeout(150_000);
  const { stack, proxy, stop } = await startFaultyStack();
  try {
    const person = await makePerson(stack, 'Faults', ['totp', 'otpEmail', 'otpSms']);
    const page = await (await browser.newContext({ baseURL: stack.publicUrl })).newPage();
    await signInStaff(page, stack.people.staff('IAM_OWNER'), `/users/${person.userId}`);
    const removals = () => proxy.seen.filter((line) => line.startsWith('DELETE ')).length;

    await test.step('it never answers, and did not do it', async () => {
      proxy.fail(/^DELETE /, { kind: 'hang' });
      const dialog = await tryRemoval(page, 'Authenticator app');
      const alert = dialog.getByRole('alert');
      await expect(alert).toContainText('ZITADEL still has it.', { timeout: 20_000 });
      await expect(alert).toContainText('Nothing was changed.');
      await expect(alert).toContainText('Try again in a moment.');
      await expect(alert).toContainText('Request id');
      // It was not tried again behind the person's back. They do, and it goes.
      expect(removals()).toBe(1);
      await dialog.getByRole('button', { name: 'Remove' }).click();
      await expect(page.getByText('Removed just now by you')).toHaveCount(1);
      expect(removals()).toBe(2);
    });

    await test.step('something before it answers with a page of its own', async () => {
      proxy.calm();
      proxy.fail(/^DELETE /, { kind: 'answer', status: 502, type: 'text/html', body: html });
      const dialog = await tryRemoval(page, 'Code by email');
      await expect(dialog.getByRole('alert')).toContainText('ZITADEL still has it. Nothing was changed.');
      await expect(page.getByText('nginx')).toHaveCount(0);
      expect(removals()).toBe(1);
      await dialog.getByRole('button', { name: 'Cancel' }).click();
      await expect(page.getByRole('button', { name: 'Remove Code by email' })).toBeVisible();
    });

    await test.step('it did it, and the connection broke before the answer', async () => {
      proxy.calm();
      proxy.fail(/^DELETE /, { kind: 'resetAfter' });
      const dialog = await tryRemoval(page, 'Code by email');
      await expect(dialog).toHaveCount(0);
      await expect(page.getByText('Removed just now by you')).toHaveCount(2);
      await expect(page.getByRole('button', { name: 'Remove Code by email' })).toHaveCount(0);
      expect(removals()).toBe(1);
    });

    await test.step('it did it, and nothing can be asked any more', async () => {
      proxy.calm();
      proxy.fail(/^DELETE /, { kind: 'resetAfter' });
      // The first reading is the one before the removal.
      const away = { kind: 'answer', status: 502, type: 'text/html', body: html } as const;
      proxy.fail(/_factors\/_search/, away, { after: 1, times: 9 });
      const dialog = await tryRemoval(page, 'Code by SMS');
      const alert = dialog.getByRole('alert');
      await expect(alert).toContainText('ZITADEL did not say whether it was done.');
      await expect(alert).toContainText('It may have been done or not. Reload to see how it stands.');
      expect(removals()).toBe(1);
      proxy.calm();
      await page.reload();
      await expect(page.getByRole('heading', { level: 1, name: person.displayName })).toBeVisible();
      await expect(page.getByRole('button', { name: /^Remove / })).toHaveCount(0);
    });

    await test.step('it is away while a page is opened', async () => {
      proxy.fail(/./, { kind: 'answer', status: 502, type: 'text/html', body: html }, { times: 1_000 });
      await page.goto('/users');
      const alert = page.getByRole('alert').first();
      await expect(alert).toContainText(/ZITADEL (cannot be reached at the moment|answered with an error)\./);
      await expect(alert).toContainText('Try again');
      await expect(page.getByText('nginx')).toHaveCount(0);
      proxy.calm();
      await alert.getByRole('button', { name: 'Try again' }).click();
      await expect(page.getByRole('link', { name: /\w+ \w+/ }).first()).toBeVisible();
    });
  } finally {
    await stop();
  }
});
