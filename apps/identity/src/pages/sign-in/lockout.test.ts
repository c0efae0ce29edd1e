import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { systemContext } from '../../commands/context.ts';
import { readOutbox } from '../../commands/deliver.ts';
import { changeLockoutPolicy } from '../../commands/policies/lockout-policy.ts';
import { type Browser, createBrowser, type Seen } from '../../testing/browser.ts';
import { addPerson, PASSWORD, signIn, type TestPerson } from '../../testing/person.ts';
import { allowFactor, setPolicy } from '../../testing/policy.ts';
import { addRelyingParty, addTestProject, CALLBACK, type RelyingParty } from '../../testing/relying-party.ts';
import { type RunningServer, startServer } from '../../testing/running-server.ts';

let server: RunningServer;
let application: RelyingParty;
let browser: Browser;

beforeAll(async () => {
  server = await startServer();
  await setPolicy(server);
  await allowFactor(server, 'otpEmail');
  await allowFactor(server, 'otpSms');
  await changeLockoutPolicy(systemContext(server.store), { maxPasswordAttempts: 3, maxOTPAttempts: 3 });
  application = await addRelyingParty(server, await addTestProject(server), 'privateKeyJwt');
});
afterAll(() => server.stop());
beforeEach(() => {
  browser = createBrowser(server.origin);
});

async function stateOf({ userId }: TestPerson) {
  const row = await server.store.db.selectFrom('users').select('state').where('id', '=', userId).executeTakeFirst();
  return row?.state;
}

/** Another code than this one, of the same length. */
const wrong = (code: string) => code.replace(/\d$/, (last) => String((Number(last) + 5) % 10));

const kinds = ['totp', 'otpEmail', 'otpSms'] as const;

async function rightCode(kind: (typeof kinds)[number], person: TestPerson): Promise<string> {
  if (kind === 'totp') return person.totp();
  const to = kind === 'otpEmail' ? person.email : person.phone;
  return (await readOutbox(server.store, { to }))[0]?.code ?? '';
}

test('the third wrong password locks, and the right one opens nothing then', async () => {
  const person = await addPerson(server);
  const first = await browser.open(application.authorizeUrl());
  let page = await browser.press(first, 'Next', { loginName: person.loginName });
  for (const _attempt of [1, 2]) page = await browser.press(page, 'Next', { password: 'wrong' });
  expect(await stateOf(person)).toBe('active');
  page = await browser.press(page, 'Next', { password: 'wrong' });
  const right = await browser.press(page, 'Next', { password: PASSWORD });
  expect(right).toMatchObject({ title: 'Password', alert: page.alert });
  expect(await stateOf(person)).toBe('locked');
});

test.each(kinds)('the third wrong code locks, and the right one opens nothing then: %s', async (kind) => {
  const person = await addPerson(server, [kind]);
  let page: Seen = await signIn(browser, application.authorizeUrl(), person);
  const code = await rightCode(kind, person);
  expect(code).toMatch(/^\d{6,8}$/);
  for (const _attempt of [1, 2]) {
    page = await browser.press(page, 'Next', { code: wrong(code) });
    expect(page).toMatchObject({ title: 'Verify 2-Factor', alert: expect.stringMatching(/code/) });
  }
  expect(await stateOf(person)).toBe('active');
  const last = await browser.press(page, 'Next', { code: wrong(code) });
  expect(await stateOf(person)).toBe('locked');
  // The page before is still open in another tab.
  for (const open of [page, last]) {
    const after = await browser.press(open, 'Next', { code, password: PASSWORD });
    expect([after.title, after.url.href.startsWith(CALLBACK)]).toEqual(['Password', false]);
  }
});

test('a right code forgives the wrong ones before it', async () => {
  const person = await addPerson(server, ['otpEmail']);
  for (const _signIn of [1, 2]) {
    browser = createBrowser(server.origin);
    let page = await signIn(browser, application.authorizeUrl(), person);
    const code = await rightCode('otpEmail', person);
    for (const _attempt of [1, 2]) page = await browser.press(page, 'Next', { code: wrong(code) });
    expect((await browser.press(page, 'Next', { code })).url.href).toContain(CALLBACK);
  }
  expect(await stateOf(person)).toBe('active');
});
