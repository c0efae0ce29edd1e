import { decodeJwt } from 'jose';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { systemContext } from '../../commands/context.ts';
import { removeTotp } from '../../commands/factors/remove-factor.ts';
import { type Browser, createBrowser, type Seen } from '../../testing/browser.ts';
import { addPerson, codeOf, PASSWORD, signInFully, type TestPerson } from '../../testing/person.ts';
import { setPolicy } from '../../testing/policy.ts';
import { addRelyingParty, addTestProject, CALLBACK, type RelyingParty } from '../../testing/relying-party.ts';
import { type RunningServer, startServer } from '../../testing/running-server.ts';

let server: RunningServer;
let application: RelyingParty;
let person: TestPerson;
let browser: Browser;
/** Epoch seconds of the checks that the browser's session is left with. */
let firstAuthTime: number;
let firstSid: unknown;

beforeAll(async () => {
  server = await startServer();
  await setPolicy(server);
  application = await addRelyingParty(server, await addTestProject(server), 'privateKeyJwt');
});
afterAll(() => server.stop());

beforeEach(async () => {
  person = await addPerson(server, ['totp']);
  browser = createBrowser(server.origin);
  const claims = await claimsOf(await signInFully(browser, application.authorizeUrl(), person));
  firstSid = claims.sid;
  firstAuthTime = Number(claims.auth_time) - 3;
  await makeChecksOlder(String(firstSid), 3);
});

/** As if the session's checks had been made so many seconds sooner: nobody has to wait for that. */
async function makeChecksOlder(sessionId: string, seconds: number): Promise<void> {
  await server.store.db
    .updateTable('sessions')
    .set(({ eb }) => ({
      password_checked_at: eb('password_checked_at', '-', seconds * 1000),
      totp_checked_at: eb('totp_checked_at', '-', seconds * 1000),
    }))
    .where('id', '=', sessionId)
    .execute();
}

async function claimsOf(url: URL) {
  return decodeJwt(String((await application.exchange(codeOf(url))).body.id_token));
}

/** Goes through the pages that come. @returns their titles, and where it ended. */
async function goThrough(parameters: Record<string, string>): Promise<{ titles: string[]; url: URL }> {
  const titles: string[] = [];
  let page: Seen = await browser.open(application.authorizeUrl(parameters));
  while (page.url.origin === server.origin && titles.length < 6) {
    titles.push(page.title);
    const fields = { loginName: person.loginName, password: PASSWORD, code: person.totp() };
    page = await browser.press(page, 'Next', fields);
  }
  return { titles, url: page.url };
}

/** Rows of zitadel-oidc.md 5, for a person with an authenticator app who signed in 3 s ago. */
const rows: readonly (readonly [Record<string, string>, readonly string[], boolean])[] = [
  [{}, [], false],
  [{ max_age: '300' }, [], false],
  [{ acr_values: 'mfa' }, [], false],
  [{ prompt: 'none' }, [], false],
  [{ prompt: 'bogus' }, [], false],
  [{ max_age: '1' }, ['Password', 'Verify 2-Factor'], true],
  [{ max_age: '0' }, ['Password', 'Verify 2-Factor'], true],
  [{ prompt: 'login' }, ['Sign in', 'Password', 'Verify 2-Factor'], true],
  [{ prompt: 'login', max_age: '0' }, ['Sign in', 'Password', 'Verify 2-Factor'], true],
  [{ prompt: 'select_account' }, ['Select Account'], false],
  [{ prompt: 'consent' }, ['Sign in'], false],
];

test.each(rows)('%j shows %j', async (parameters, expected, isFresh) => {
  const { titles, url } = await goThrough(parameters);
  expect(titles).toEqual(expected);
  expect(url.href).toContain(CALLBACK);
  const claims = await claimsOf(url);
  if (isFresh) expect(claims.auth_time).toBeGreaterThan(firstAuthTime);
  else expect(claims.auth_time).toBe(firstAuthTime);
  // Every sign-in of one person in one browser is the same session.
  expect(claims).toMatchObject({ sid: firstSid, sub: person.userId, amr: ['pwd', 'otp', 'mfa'] });
});

test('prompt=login with a login hint asks for no login name', async () => {
  const { titles } = await goThrough({ prompt: 'login', login_hint: person.loginName });
  expect(titles).toEqual(['Password', 'Verify 2-Factor']);
});

test.each(['0', '1'])('a silent request that needs a page, by max_age=%s', async (max_age) => {
  const { titles, url } = await goThrough({ prompt: 'none', max_age });
  expect(titles).toEqual([]);
  expect([url.searchParams.get('error'), url.searchParams.get('iss')]).toEqual(['interaction_required', null]);
});

test('a silent request of nobody: interaction_required, not login_required', async () => {
  browser = createBrowser(server.origin);
  const { url } = await goThrough({ prompt: 'none' });
  expect(url.searchParams.get('error')).toBe('interaction_required');
});

test('prompt=none with another is refused without a redirect', async () => {
  const page = await browser.open(application.authorizeUrl({ prompt: 'none login' }));
  expect([page.status, JSON.parse(page.body)]).toMatchObject([400, { error: 'invalid_request' }]);
});

test('a factor that is gone no longer counts in this browser', async () => {
  await removeTotp(systemContext(server.store), { userId: person.userId });
  const { titles, url } = await goThrough({});
  expect(titles).toEqual([]);
  expect((await claimsOf(url)).amr).toEqual(['pwd']);
});

test('and where a set-up is asked for, the live sign-in meets it', async () => {
  await setPolicy(server, { mfaInitSkipLifetime: 3600 });
  await removeTotp(systemContext(server.store), { userId: person.userId });
  const page = await browser.open(application.authorizeUrl());
  expect(page.title).toBe('2-Factor Setup');
  expect((await claimsOf((await browser.press(page, 'Skip')).url)).amr).toEqual(['pwd']);
  await setPolicy(server);
});
