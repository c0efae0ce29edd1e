import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { systemContext } from '../../commands/context.ts';
import { readOutbox } from '../../commands/deliver.ts';
import { removeOtpEmail, removeOtpSms, removeTotp } from '../../commands/factors/remove-factor.ts';
import { changeUserState } from '../../commands/users/change-user-state.ts';
import { type Browser, createBrowser } from '../../testing/browser.ts';
import { addPerson, PASSWORD, signIn, signInFully, type TestPerson } from '../../testing/person.ts';
import { allowFactor, forbidFactor, setPolicy } from '../../testing/policy.ts';
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
  application = await addRelyingParty(server, await addTestProject(server), 'privateKeyJwt');
});

afterAll(() => server.stop());

beforeEach(() => {
  browser = createBrowser(server.origin);
});

const lastCode = async (to: string) => (await readOutbox(server.store, { to }))[0]?.code ?? '';

describe('with a password', () => {
  test('two pages lead to the application', async () => {
    const person = await addPerson(server);
    const first = await browser.open(application.authorizeUrl());
    expect(first).toMatchObject({ title: 'Sign in', buttons: ['Next'] });
    expect(first.body).toContain('<label for="loginName">Login name</label>');
    const second = await browser.press(first, 'Next', { loginName: person.loginName.toUpperCase() });
    expect(second).toMatchObject({ title: 'Password', buttons: ['Next', 'Use a passkey', 'Other user'] });
    expect(second.body).toContain('<label for="password">Password</label>');
    const { url } = await browser.press(second, 'Next', { password: PASSWORD });
    expect(`${url.origin}${url.pathname}`).toBe(CALLBACK);
    expect([...url.searchParams.keys()].sort()).toEqual(['code', 'state']);
  });

  test('a wrong password, an unknown person and a locked one look the same', async () => {
    const [person, locked] = [await addPerson(server), await addPerson(server)];
    await changeUserState(systemContext(server.store), { userId: locked.userId, change: 'lock' });
    const tries = [
      { loginName: person.loginName, password: 'wrong' },
      { loginName: 'nobody@people.example', password: PASSWORD },
      { loginName: locked.loginName, password: PASSWORD },
    ];
    const seen = [];
    for (const { loginName, password } of tries) {
      const first = await createBrowserPage();
      const second = await first.browser.press(first.page, 'Next', { loginName });
      const third = await first.browser.press(second, 'Next', { password });
      seen.push([third.status, third.title, third.alert]);
    }
    expect(seen).toEqual([seen[0], seen[0], seen[0]]);
    expect(seen[0]?.[2]).toMatch(/did not work/);
  });

  test('another person can be chosen', async () => {
    const [first, second] = [await addPerson(server), await addPerson(server)];
    const asked = await browser.press(await browser.open(application.authorizeUrl()), 'Next', {
      loginName: first.loginName,
    });
    const again = await browser.press(asked, 'Other user');
    expect(again.title).toBe('Sign in');
    const asking = await browser.press(again, 'Next', { loginName: second.loginName });
    expect(asking.body).toContain(second.loginName);
    expect((await browser.press(asking, 'Next', { password: PASSWORD })).url.href).toContain(CALLBACK);
  });

  async function createBrowserPage() {
    const own = createBrowser(server.origin);
    return { browser: own, page: await own.open(application.authorizeUrl()) };
  }
});

describe('with a second factor', () => {
  test('an authenticator app is asked for its code', async () => {
    const person = await addPerson(server, ['totp']);
    const asked = await signIn(browser, application.authorizeUrl(), person);
    expect(asked).toMatchObject({ title: 'Verify 2-Factor', alert: undefined });
    expect(asked.body).toContain('<label for="code">Code</label>');
    expect(asked.buttons[0]).toBe('Next');
    const refused = await browser.press(asked, 'Next', { code: '000000' });
    expect(refused.alert).toMatch(/not right/);
    const { url } = await browser.press(refused, 'Next', { code: person.totp() });
    expect(url.href).toContain(CALLBACK);
  });

  test('a code of an authenticator app works again within its time', async () => {
    const person = await addPerson(server, ['totp']);
    const code = person.totp();
    for (const own of [browser, createBrowser(server.origin)]) {
      const asked = await signIn(own, application.authorizeUrl(), person);
      expect((await own.press(asked, 'Next', { code })).url.href).toContain(CALLBACK);
    }
  });

  test('a code by email arrives in the outbox, works once, and is not sent again by a reload', async () => {
    const person = await addPerson(server, ['otpEmail']);
    const asked = await signIn(browser, application.authorizeUrl(), person);
    expect(asked.body).toContain('was sent to p•••@people.example');
    await browser.open(asked.url.href);
    expect(await readOutbox(server.store, { to: person.email })).toHaveLength(1);
    const { url } = await browser.press(asked, 'Next', { code: await lastCode(person.email) });
    expect(url.href).toContain(CALLBACK);
  });

  test('a new code takes the place of the one before', async () => {
    const person = await addPerson(server, ['otpSms']);
    const asked = await signIn(browser, application.authorizeUrl(), person);
    const old = await lastCode(person.phone);
    const again = await browser.press(asked, 'Send a new code');
    const fresh = await lastCode(person.phone);
    expect(fresh).not.toBe(old);
    const refused = await browser.press(again, 'Next', { code: old });
    expect(refused.alert).toMatch(/not right/);
    expect((await browser.press(refused, 'Next', { code: fresh })).url.href).toContain(CALLBACK);
  });

  test('mail comes first, with ways to the others', async () => {
    const person = await addPerson(server, ['totp', 'otpEmail', 'otpSms']);
    const asked = await signIn(browser, application.authorizeUrl(), person);
    expect(asked.body).toContain('was sent to p•••');
    expect(asked.buttons).toEqual([
      'Next',
      'Send a new code',
      'Use a code by SMS',
      'Use the authenticator app',
      'Other user',
    ]);
    const other = await browser.press(asked, 'Use the authenticator app');
    expect((await browser.press(other, 'Next', { code: person.totp() })).url.href).toContain(CALLBACK);
  });
});

describe('what an administrator does takes effect', () => {
  const removals = [
    ['totp', removeTotp],
    ['otpEmail', removeOtpEmail],
    ['otpSms', removeOtpSms],
  ] as const;

  test.each(removals)('%s removed: the password is enough', async (factor, remove) => {
    const person = await addPerson(server, [factor]);
    expect((await signIn(browser, application.authorizeUrl(), person)).title).toBe('Verify 2-Factor');
    await remove(systemContext(server.store), { userId: person.userId });
    const { url } = await signIn(createBrowser(server.origin), application.authorizeUrl(), person);
    expect(url.href).toContain(CALLBACK);
  });

  test('a type that the policy no longer allows is not asked for, and is again when it is back', async () => {
    const person = await addPerson(server, ['otpSms']);
    await forbidFactor(server, 'otpSms');
    expect((await signIn(browser, application.authorizeUrl(), person)).url.href).toContain(CALLBACK);
    await allowFactor(server, 'otpSms');
    const asked = await signIn(createBrowser(server.origin), application.authorizeUrl(), person);
    expect(asked.title).toBe('Verify 2-Factor');
  });
});

describe('a request belongs to the browser that began it', () => {
  test('its address is of no use elsewhere', async () => {
    const first = await browser.open(application.authorizeUrl());
    const elsewhere = await createBrowser(server.origin).open(first.url.href);
    expect(elsewhere).toMatchObject({ status: 400, title: 'Sign-in ended' });
  });

  test('a form without its token is refused', async () => {
    const person: TestPerson = await addPerson(server);
    const first = await browser.open(application.authorizeUrl());
    const forged = {
      ...first,
      body: first.body.replace(/name="formToken" value="[^"]+"/, 'name="formToken" value="x"'),
    };
    const answer = await browser.press(forged, 'Next', { loginName: person.loginName });
    expect(answer).toMatchObject({ status: 400, title: 'Sign-in ended' });
  });

  test('a page holds no script and is framed by nobody', async () => {
    const { headers, body } = await browser.open(application.authorizeUrl());
    expect(headers.get('content-security-policy')).toMatch(/^default-src 'none'; style-src 'self'/);
    expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    expect(headers.get('cache-control')).toBe('no-store');
    expect(body).not.toMatch(/<script|\sstyle=|\son[a-z]+=/);
  });

  test('a name that is markup is shown as it is', async () => {
    const first = await browser.open(application.authorizeUrl());
    const asked = await browser.press(first, 'Next', { loginName: '"><img src=x>' });
    expect(asked.body).not.toContain('<img');
    expect(asked.body).toContain('&quot;&gt;&lt;img');
  });

  test('two tabs do not get into each other’s way', async () => {
    const [person, other] = [await addPerson(server), await addPerson(server, ['totp'])];
    const one = await browser.open(application.authorizeUrl());
    const two = await browser.open(application.authorizeUrl());
    const asked = await browser.press(one, 'Next', { loginName: person.loginName });
    await browser.press(two, 'Next', { loginName: other.loginName });
    expect((await browser.press(asked, 'Next', { password: PASSWORD })).url.href).toContain(CALLBACK);
  });

  test('whoever signs in after somebody else gets a session of their own', async () => {
    const [first, second] = [await addPerson(server), await addPerson(server)];
    await signInFully(browser, application.authorizeUrl(), first);
    const url = await signInFully(browser, application.authorizeUrl({ prompt: 'login' }), second);
    const answer = await application.exchange(url.searchParams.get('code') ?? '');
    expect(answer.status).toBe(200);
    const me = await fetch(`${server.origin}/oidc/v1/userinfo`, {
      headers: { authorization: `Bearer ${String(answer.body.access_token)}` },
    });
    expect(await me.json()).toMatchObject({ sub: second.userId });
  });
});
