import { expect, test } from './fixtures.ts';
import { makePerson } from './make-person.ts';
import { signInStaff } from './sign-in.ts';
import { callZitadel } from './zitadel-api.ts';

test('an agent ends the session of a stolen device, and only that one', async ({ stack, page }) => {
  const { userId } = stack.people.take(['totp']);
  const openSession = async (description: string) => {
    const session = { checks: { user: { userId } }, userAgent: { fingerprintId: description, description } };
    return await callZitadel<{ sessionId: string }>(stack, 'POST', '/v2/sessions', session);
  };
  const laptop = 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:140.0) Gecko/20100101 Firefox/140.0';
  const stolen = await openSession(laptop);
  const kept = await openSession('Safari on a phone');
  await signInStaff(page, stack.people.staff('IAM_OWNER'), `/users/${userId}`);

  const button = page.getByRole('button', { name: 'End session on Firefox on macOS' });
  await expect(page.getByTitle(laptop)).toHaveText('Firefox on macOS');
  await button.click();
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText('Firefox on macOS');
  await dialog.getByRole('textbox', { name: 'Reason' }).fill('Laptop stolen, called back');
  await dialog.getByRole('button', { name: 'End session' }).click();
  await expect(page.getByText('Ended just now by you')).toBeVisible();
  await expect(button).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'End session on Safari on a phone' })).toBeVisible();
  await expect(callZitadel(stack, 'GET', `/v2/sessions/${stolen.sessionId}`)).rejects.toThrow('404');
  await callZitadel(stack, 'GET', `/v2/sessions/${kept.sessionId}`);
});

test('one ends one’s own session in another browser', async ({ browser, stack, page }) => {
  // Somebody of this story's own: staff are signed in elsewhere by other stories.
  const me = await makePerson(stack, 'Ownsessions', ['totp']);
  const elsewhere = await (await browser.newContext({ baseURL: stack.publicUrl })).newPage();
  await signInStaff(elsewhere, me);
  await signInStaff(page, me, '/me');
  const mine = page.getByRole('region', { name: 'My Latchkey sessions' });
  await expect(mine.getByRole('listitem')).toHaveCount(2);
  await expect(mine.getByText('This session')).toHaveCount(1);
  await mine.getByRole('button', { name: /^End session in / }).click();
  await expect(mine.getByRole('listitem')).toHaveCount(1);
  await expect(mine.getByText('This session')).toBeVisible();

  await elsewhere.reload();
  await expect(elsewhere.getByRole('main').getByRole('button', { name: 'Sign in' })).toBeVisible();
  await page.reload();
  await expect(mine.getByText('This session')).toBeVisible();
});
