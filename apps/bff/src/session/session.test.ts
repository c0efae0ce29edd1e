import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openDatabase } from '@latchkey/database/open-database';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Tables } from '../store/tables.ts';
import { type Browser, createBrowser, navigation } from '../testing/browser.ts';
import { getSession, reachCallback, signIn } from '../testing/sign-in.ts';
import { startTestBff, type TestBff } from '../testing/start-test-bff.ts';
import { dumpDatabase } from '../testing/test-database.ts';
import { hash } from './vault/secrets.ts';
import { openServerKeys } from './vault/server-keys.ts';
import { createVault, type Sealed } from './vault/vault.ts';

let bff: TestBff;
let browser: Browser;

beforeAll(async () => {
  bff = await startTestBff();
});
afterAll(() => bff.stop());
beforeEach(() => {
  browser = createBrowser();
  bff.rig.person = { sub: 'alice', amr: ['pwd', 'otp', 'mfa'], ago: 0 };
});

const minutes = (count: number) => count * 60_000;

describe('a session', () => {
  it('ends when nobody was there for a quarter of an hour, and says so', async () => {
    await signIn(browser, bff.publicUrl);
    bff.advance(minutes(14));
    expect((await getSession(browser, bff.publicUrl)).status).toBe(200);
    bff.advance(minutes(14));
    expect((await getSession(browser, bff.publicUrl)).status).toBe(200);
    bff.advance(minutes(16));
    expect((await getSession(browser, bff.publicUrl)).json()).toMatchObject({ status: 401, code: 'session_expired' });
    expect((await getSession(browser, bff.publicUrl)).json()).toMatchObject({ status: 401, code: 'no_session' });
  });

  it('does not take a polling page for a person', async () => {
    await signIn(browser, bff.publicUrl);
    for (let polls = 0; polls < 3; polls += 1) {
      bff.advance(minutes(4));
      expect((await getSession(browser, bff.publicUrl, '?peek=1')).status).toBe(200);
    }
    bff.advance(minutes(4));
    expect((await getSession(browser, bff.publicUrl, '?peek=1')).status).toBe(401);
  });

  it('ends eight hours after the sign-in, however busy', async () => {
    await signIn(browser, bff.publicUrl);
    for (let turns = 0; turns < 47; turns += 1) {
      bff.advance(minutes(10));
      expect((await getSession(browser, bff.publicUrl)).status).toBe(200);
    }
    bff.advance(minutes(10));
    expect((await getSession(browser, bff.publicUrl)).status).toBe(401);
  });

  it('revokes its refresh token when its cookie comes by after its end', async () => {
    const [refreshToken] = await signInCatchingTokens();
    bff.advance(minutes(16));
    await getSession(browser, bff.publicUrl);
    expect(await bff.rig.isRefreshTokenLive(refreshToken)).toBe(false);
  });

  it('is one of at most three; the oldest goes', async () => {
    const browsers = [createBrowser(), createBrowser(), createBrowser(), createBrowser()];
    bff.rig.person = { sub: 'many', amr: ['pwd'], ago: 0 };
    for (const each of browsers) {
      await signIn(each, bff.publicUrl);
      bff.advance(1000);
    }
    const statuses = await Promise.all(browsers.map(async (each) => (await getSession(each, bff.publicUrl)).status));
    expect(statuses).toEqual([401, 200, 200, 200]);
  });

  it('is not opened by its id with another secret', async () => {
    await signIn(browser, bff.publicUrl);
    const [id] = browser.cookies.get('__Host-Http-session')?.split('.') ?? [];
    browser.cookies.set('__Host-Http-session', `${id}.${'A'.repeat(43)}`);
    expect((await getSession(browser, bff.publicUrl)).status).toBe(401);
  });
});

describe('what is at rest', () => {
  it('holds no cookie, handle, verifier or token, in no table and no file', async () => {
    const { location, verifier } = await reachCallback(browser, bff.publicUrl);
    await signIn(browser, bff.publicUrl);
    const secrets = [
      ...bff.rig.issued,
      verifier,
      location.searchParams.get('code') ?? '',
      ...[...browser.cookies.values()].flatMap((value) => value.split('.')),
    ].filter((secret) => secret.length > 20);
    expect(secrets.length).toBeGreaterThan(6);
    const folder = join(bff.data, 'bff');
    const where = bff.environment.LATCHKEY_DATABASE_URL || join(folder, 'latchkey.db');
    const dump = await dumpDatabase(where, ['transactions', 'handles', 'sessions', 'sign_outs']);
    expect(dump).toContain('alice');
    for (const secret of secrets) expect(dump).not.toContain(secret);
    for (const file of readdirSync(folder)) {
      const content = readFileSync(join(folder, file)).toString('latin1');
      for (const secret of secrets) expect([file, content.includes(secret)]).toEqual([file, false]);
    }
  });

  it('opens with nothing that lies beside it, the real server key included', async () => {
    await reachCallback(browser, bff.publicUrl);
    const person = createBrowser();
    await signIn(person, bff.publicUrl);
    const { sessions, handles, transactions } = await readDatabase();
    const copied = [...sessions, ...handles, ...transactions].flatMap((row) => Object.values(row).map(String));
    const found = [...new Set(copied.flatMap((value) => [value, hash(value)]))];
    const vault = createVault(openServerKeys(join(bff.data, 'bff'), 'session-keys.json'), 'session');
    const opensWith = (row: Sealed, context: string, secrets: readonly string[]) =>
      secrets.filter((secret) => vault.open(row, secret, context) !== undefined);
    // What the cookie holds is the proof that key and context are the right ones.
    const [id = '', secret = ''] = person.cookies.get('__Host-Http-session')?.split('.') ?? [];
    const opened = sessions.flatMap((row) => opensWith(row, `${row.id_hash}|${row.version}`, [...found, id, secret]));
    expect(opened).toEqual([secret]);
    expect(handles.length).toBeGreaterThan(0);
    for (const row of handles) {
      const own = Object.values(row).map(String);
      const pairs = own.flatMap((first) => found.map((second) => first + second));
      expect(opensWith(row, row.handle_hash, [...found, ...pairs])).toEqual([]);
    }
  });

  it('opens with both halves of the key only: the server key alone is not enough', () => {
    const keys = openServerKeys(join(bff.data, 'bff'), 'session-keys.json');
    const vault = createVault(keys, 'session');
    const secret = 'A'.repeat(43);
    const sealed = vault.seal({ token: 'canary' }, secret, 'session|1');
    expect(vault.open(sealed, secret, 'session|1')).toEqual({ token: 'canary' });
    expect(vault.open(sealed, 'B'.repeat(43), 'session|1')).toBeUndefined();
    expect(vault.open(sealed, '', 'session|1')).toBeUndefined();
    expect(vault.open(sealed, secret, 'session|2')).toBeUndefined();
    expect(createVault(keys, 'sign-out').open(sealed, secret, 'session|1')).toBeUndefined();
  });
});

/** What a copy of the database holds. */
async function readDatabase() {
  const { db } = openDatabase<Tables>(bff.environment.LATCHKEY_DATABASE_URL || join(bff.data, 'bff', 'latchkey.db'));
  const sessions = await db.selectFrom('sessions').selectAll().execute();
  const handles = await db.selectFrom('handles').selectAll().execute();
  const transactions = await db.selectFrom('transactions').selectAll().execute();
  await db.destroy();
  return { sessions, handles, transactions };
}

describe('tokens and cookies', () => {
  it('are in no answer of the BFF and no line of its log', async () => {
    await signIn(browser, bff.publicUrl);
    await getSession(browser, bff.publicUrl);
    await browser.request(`${bff.publicUrl}/bff/api/users`, { headers: { 'sec-fetch-site': 'same-origin' } });
    await browser.navigate(`${bff.publicUrl}/bff/oidc/logout`);
    const answers = browser.received.filter((answer) => answer.startsWith(bff.publicUrl)).join('\n');
    const log = bff.logged.join('');
    expect(bff.rig.issued.size).toBeGreaterThan(2);
    expect(log).toContain('signed out');
    for (const token of bff.rig.issued) {
      expect(answers).not.toContain(token);
      expect(log).not.toContain(token);
    }
    for (const cookie of browser.cookies.values()) expect(log).not.toContain(cookie);
  });
});

describe('signing out', () => {
  it('revokes the refresh token, ends the session at ZITADEL and here, and comes back', async () => {
    const [refreshToken] = await signInCatchingTokens();
    const before = bff.rig.requests.length;
    const answer = await browser.request(`${bff.publicUrl}/bff/oidc/logout`, { headers: navigation });
    expect(answer.status).toBe(303);
    expect(answer.headers.get('clear-site-data')).toBe('"cache", "storage"');
    expect(answer.location?.href).toMatch(new RegExp(`^${bff.rig.issuer}/session/end\\?`));
    expect(answer.location?.searchParams.get('id_token_hint')).toBeNull();
    expect(answer.location?.searchParams.get('post_logout_redirect_uri')).toBe(`${bff.publicUrl}/signed-out`);
    expect(await bff.rig.isRefreshTokenLive(refreshToken)).toBe(false);
    const asked = bff.rig.requests.slice(before).map(({ endpoint }) => endpoint);
    expect(asked).toEqual(expect.arrayContaining(['/token/revocation', '/session/end']));
    expect((await getSession(browser, bff.publicUrl)).status).toBe(401);
  });

  it('without a session only says goodbye', async () => {
    const answer = await browser.request(`${bff.publicUrl}/bff/oidc/logout`, { headers: navigation });
    expect(answer.headers.get('location')).toBe('/signed-out#');
  });
});

/** Signs in and tells the refresh token that ZITADEL issued. */
async function signInCatchingTokens(): Promise<[string]> {
  const before = new Set(bff.rig.issued);
  await signIn(browser, bff.publicUrl);
  const issued = [...bff.rig.issued].filter((token) => !before.has(token));
  for (const token of issued) if (await bff.rig.isRefreshTokenLive(token)) return [token];
  throw new Error('no refresh token was issued');
}
