import { decodeJwt } from 'jose';
import { TOTP } from 'otpauth';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { systemContext } from '../../commands/context.ts';
import { removeWebAuthnToken } from '../../commands/factors/remove-factor.ts';
import { registerInSoftware } from '../../seed/demo/software-authenticator.ts';
import { type Browser, createBrowser, type Seen } from '../../testing/browser.ts';
import { addPerson, codeOf, signIn } from '../../testing/person.ts';
import { allowFactor, forbidFactor, setPolicy } from '../../testing/policy.ts';
import { addRelyingParty, addTestProject, CALLBACK, type RelyingParty } from '../../testing/relying-party.ts';
import { type RunningServer, startServer } from '../../testing/running-server.ts';
import { addKey, answerWith, challengeOf, RP_ID } from '../../testing/software-key.ts';

let server: RunningServer;
let application: RelyingParty;
let browser: Browser;

beforeAll(async () => {
  server = await startServer();
  await setPolicy(server);
  application = await addRelyingParty(server, await addTestProject(server), 'privateKeyJwt');
});
afterAll(() => server.stop());
beforeEach(() => {
  browser = createBrowser(server.origin);
});

const amrOf = async ({ url }: Seen) => decodeJwt(String((await application.exchange(codeOf(url))).body.id_token)).amr;

describe('a security key', () => {
  test('is asked for after the password, and opens', async () => {
    const person = await addPerson(server);
    const key = await addKey(server, person.userId, 'u2f');
    const asked = await signIn(browser, application.authorizeUrl(), person);
    expect(asked).toMatchObject({ title: 'Verify 2-Factor', buttons: ['Next', 'Other user'] });
    expect(asked.headers.get('content-security-policy')).toContain("script-src 'self'");
    const credential = answerWith(key, { challenge: challengeOf(asked.body), origin: server.origin });
    expect(await amrOf(await browser.press(asked, 'Next', { credential }))).toEqual(['pwd', 'user', 'mfa']);
  });

  test('the password alone does not get in, and neither does another’s key, nor an old answer', async () => {
    const [person, other] = [await addPerson(server), await addPerson(server)];
    const key = await addKey(server, person.userId, 'u2f');
    const foreign = await addKey(server, other.userId, 'u2f');
    let asked = await signIn(browser, application.authorizeUrl(), person);
    const old = answerWith(key, { challenge: challengeOf(asked.body), origin: server.origin });
    const wrong = answerWith(foreign, { challenge: challengeOf(asked.body), origin: server.origin });
    const elsewhere = answerWith(key, { challenge: challengeOf(asked.body), origin: 'https://evil.example' });
    for (const credential of ['', 'no json', wrong, elsewhere]) {
      asked = await browser.press(asked, 'Next', { credential });
      expect(asked).toMatchObject({ title: 'Verify 2-Factor', alert: expect.stringMatching(/not recognised/) });
    }
    expect((await browser.press(asked, 'Next', { credential: old })).title).toBe('Verify 2-Factor');
  });

  test('removed, or its type forbidden: the password is enough', async () => {
    const [first, second] = [await addPerson(server), await addPerson(server)];
    const key = await addKey(server, first.userId, 'u2f');
    await addKey(server, second.userId, 'u2f');
    await removeWebAuthnToken(systemContext(server.store), { userId: first.userId, kind: 'u2f', tokenId: key.tokenId });
    expect((await signIn(browser, application.authorizeUrl(), first)).url.href).toContain(CALLBACK);
    await forbidFactor(server, 'u2f');
    const later = await signIn(createBrowser(server.origin), application.authorizeUrl(), second);
    expect(later.url.href).toContain(CALLBACK);
    await allowFactor(server, 'u2f');
  });
});

describe('a passkey', () => {
  async function atPasskeyPage(loginName: string): Promise<Seen> {
    const first = await browser.open(application.authorizeUrl());
    const second = await browser.press(first, 'Next', { loginName });
    return browser.press(second, 'Use a passkey');
  }

  test('takes the place of password and second factor', async () => {
    const person = await addPerson(server, ['totp']);
    const key = await addKey(server, person.userId, 'passkey');
    const asked = await atPasskeyPage(person.loginName);
    expect(asked).toMatchObject({ title: 'Passkey', buttons: ['Next', 'Use the password', 'Other user'] });
    const challenge = challengeOf(asked.body);
    const credential = answerWith(key, { challenge, origin: server.origin, userVerified: true });
    expect(await amrOf(await browser.press(asked, 'Next', { credential }))).toEqual(['user', 'mfa']);
  });

  test('must have verified its user', async () => {
    const person = await addPerson(server);
    const key = await addKey(server, person.userId, 'passkey');
    const asked = await atPasskeyPage(person.loginName);
    const credential = answerWith(key, { challenge: challengeOf(asked.body), origin: server.origin });
    expect((await browser.press(asked, 'Next', { credential })).title).toBe('Passkey');
  });

  test('is not asked for after a password, and nobody learns who has one', async () => {
    const [person, plain] = [await addPerson(server), await addPerson(server)];
    await addKey(server, person.userId, 'passkey');
    expect(await amrOf(await signIn(browser, application.authorizeUrl(), person))).toEqual(['pwd']);
    browser = createBrowser(server.origin);
    const [without, nobody] = [await atPasskeyPage(plain.loginName), await atPasskeyPage('nobody@people.example')];
    expect(without.alert).toMatch(/no passkey/);
    expect(nobody.alert).toBe(without.alert);
    const back = await browser.press(nobody, 'Use the password');
    expect(back.title).toBe('Password');
  });
});

describe('set-up', () => {
  test('Skip lets in, and is remembered', async () => {
    await setPolicy(server, { mfaInitSkipLifetime: 3600 });
    const person = await addPerson(server);
    const asked = await signIn(browser, application.authorizeUrl(), person);
    expect(asked).toMatchObject({ title: '2-Factor Setup', buttons: ['Next', 'Skip', 'Other user'] });
    expect(await amrOf(await browser.press(asked, 'Skip'))).toEqual(['pwd']);
    const later = await signIn(createBrowser(server.origin), application.authorizeUrl(), person);
    expect(later.url.href).toContain(CALLBACK);
  });

  test('an authenticator app is set up and used in one go', async () => {
    const person = await addPerson(server);
    const asked = await signIn(browser, application.authorizeUrl(), person);
    const shown = await browser.press(asked, 'Next', { factor: 'totp' });
    expect(shown.title).toBe('Authenticator app');
    const secret = /class="secret">([^<]+)</.exec(shown.body)?.[1]?.replaceAll(' ', '') ?? '';
    const refused = await browser.press(shown, 'Next', { code: '000000' });
    expect(refused.alert).toMatch(/not right/);
    const done = await browser.press(refused, 'Next', { code: new TOTP({ secret }).generate() });
    expect(await amrOf(done)).toEqual(['pwd', 'otp', 'mfa']);
  });

  test('a security key is set up, then used; when forced there is no Skip', async () => {
    await setPolicy(server, { forceMfa: true });
    const person = await addPerson(server);
    const asked = await signIn(browser, application.authorizeUrl(), person);
    expect(asked).toMatchObject({ title: '2-Factor Setup', buttons: ['Next', 'Other user'] });
    const shown = await browser.press(asked, 'Next', { factor: 'u2f' });
    const key = registerInSoftware({ challenge: challengeOf(shown.body), rpId: RP_ID, origin: server.origin });
    const verify = await browser.press(shown, 'Next', { credential: JSON.stringify(key.registration) });
    expect(verify.title).toBe('Verify 2-Factor');
    const credential = answerWith(key, { challenge: challengeOf(verify.body), origin: server.origin });
    expect((await browser.press(verify, 'Next', { credential })).url.href).toContain(CALLBACK);
  });

  test('forced, and nothing allowed: nobody gets in', async () => {
    await forbidFactor(server, 'totp');
    await forbidFactor(server, 'u2f');
    const person = await addPerson(server, ['totp']);
    const asked = await signIn(browser, application.authorizeUrl(), person);
    expect(asked.status).toBe(400);
    expect(asked.body).toContain('Errors.Login.LoginPolicy.MFA.ForceAndNotConfigured (LOGIN-5Hm8s)');
  });
});
