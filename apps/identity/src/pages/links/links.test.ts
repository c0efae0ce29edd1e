import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { readOutbox } from '../../commands/deliver.ts';
import { registerInSoftware } from '../../seed/demo/software-authenticator.ts';
import { callApi } from '../../testing/api.ts';
import { type Browser, createBrowser } from '../../testing/browser.ts';
import { addPerson, signIn, type TestPerson } from '../../testing/person.ts';
import { setPolicy } from '../../testing/policy.ts';
import { addRelyingParty, addTestProject, CALLBACK, type RelyingParty } from '../../testing/relying-party.ts';
import { type RunningServer, startServer } from '../../testing/running-server.ts';
import { answerWith, challengeOf, RP_ID } from '../../testing/software-key.ts';

let server: RunningServer;
let application: RelyingParty;
let browser: Browser;
let person: TestPerson;

beforeAll(async () => {
  server = await startServer();
  await setPolicy(server);
  application = await addRelyingParty(server, await addTestProject(server), 'privateKeyJwt');
});
afterAll(() => server.stop());
beforeEach(async () => {
  browser = createBrowser(server.origin);
  person = await addPerson(server);
});

async function linkFor(action: string): Promise<string> {
  const answer = await callApi(server, 'POST', `/v2/users/${person.userId}/${action}`, { body: {} });
  expect(answer.status).toBe(200);
  return (await readOutbox(server.store, { to: person.email }))[0]?.link ?? '';
}

const NEW = 'Another-Horse-8';

test('a link sets a new password, once', async () => {
  const page = await browser.open(await linkFor('password_reset'));
  expect(page).toMatchObject({ title: 'New password', buttons: ['Next'] });
  const weak = await browser.press(page, 'Next', { password: 'weak', again: 'weak' });
  expect(weak.alert).toMatch(/at least 8/);
  const different = await browser.press(weak, 'Next', { password: NEW, again: `${NEW}x` });
  expect(different.alert).toMatch(/not the same/);
  const done = await browser.press(different, 'Next', { password: NEW, again: NEW });
  expect(done.title).toBe('Password set');
  expect((await signIn(browser, application.authorizeUrl(), person)).alert).toMatch(/did not work/);
  const first = await createBrowser(server.origin).open(page.url.href);
  expect((await browser.press(first, 'Next', { password: NEW, again: NEW })).alert).toMatch(/too old/);
});

test('a link adds a passkey, once, and opening it uses nothing up', async () => {
  const link = await linkFor('passkeys/registration_link');
  for (const _look of [1, 2]) await createBrowser(server.origin).open(link);
  const first = await browser.open(link);
  const page = await browser.press(first, 'Next');
  expect(page).toMatchObject({ title: 'Add a passkey', buttons: ['Next'] });
  const key = registerInSoftware({ challenge: challengeOf(page.body), rpId: RP_ID, origin: server.origin });
  const done = await browser.press(page, 'Next', { credential: JSON.stringify(key.registration) });
  expect(done.title).toBe('Passkey added');
  expect((await browser.press(first, 'Next')).title).toBe('Link not valid');

  const start = await browser.press(await browser.open(application.authorizeUrl()), 'Next', {
    loginName: person.loginName,
  });
  const asked = await browser.press(start, 'Use a passkey');
  const credential = answerWith(key, { challenge: challengeOf(asked.body), origin: server.origin, userVerified: true });
  expect((await browser.press(asked, 'Next', { credential })).url.href).toContain(CALLBACK);
});

test('a passkey cannot be added with a forged state', async () => {
  const page = await browser.press(await browser.open(await linkFor('passkeys/registration_link')), 'Next');
  const forged = { ...page, body: page.body.replace(/name="state" value="[^"]+"/, 'name="state" value="x"') };
  const key = registerInSoftware({ challenge: challengeOf(page.body), rpId: RP_ID, origin: server.origin });
  const answer = await browser.press(forged, 'Next', { credential: JSON.stringify(key.registration) });
  expect(answer).toMatchObject({ status: 400, title: 'Link not valid' });
});
