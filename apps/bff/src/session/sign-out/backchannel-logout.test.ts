import { generateKeyPairSync, type KeyObject, randomUUID } from 'node:crypto';
import { decodeJwt, SignJWT, UnsecuredJWT } from 'jose';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Browser, createBrowser } from '../../testing/browser.ts';
import { getSession, signIn } from '../../testing/sign-in.ts';
import { startTestBff, type TestBff } from '../../testing/start-test-bff.ts';

let bff: TestBff;
let browser: Browser;
let sid: string;

beforeAll(async () => {
  bff = await startTestBff();
});
afterAll(() => bff.stop());
beforeEach(async () => {
  browser = createBrowser();
  await signIn(browser, bff.publicUrl);
  sid = String(decodeJwt(idToken()).sid);
});

const event = { 'http://schemas.openid.net/event/backchannel-logout': {} };

/** The newest ID token that ZITADEL issued. */
function idToken(): string {
  const token = [...bff.rig.issued].filter((issued) => issued.startsWith('eyJ')).at(-1);
  if (!token) throw new Error('no ID token was issued');
  return token;
}

interface Forgery {
  readonly header?: Record<string, unknown>;
  readonly claims?: Record<string, unknown>;
  readonly key?: KeyObject;
  readonly ago?: number;
}

/** A logout token as ZITADEL makes them, bent as the case wants it. */
function logoutToken({ header = {}, claims = {}, key = bff.rig.signingKey, ago = 0 }: Forgery = {}): Promise<string> {
  const now = Math.floor(Date.now() / 1000) - ago;
  const payload = { sid, sub: 'alice', jti: randomUUID(), events: event, ...claims };
  return new SignJWT(JSON.parse(JSON.stringify(payload)) as Record<string, unknown>)
    .setProtectedHeader({ alg: 'RS256', kid: 's1', typ: 'JWT', ...header })
    .setIssuer(String(claims.iss ?? bff.rig.issuer))
    .setAudience((claims.aud as string) ?? ['latchkey'])
    .setIssuedAt(now)
    .setExpirationTime(now + 900)
    .sign(key);
}

async function deliver(token: string | undefined, headers: Record<string, string> = {}): Promise<number> {
  const body = new URLSearchParams(token === undefined ? {} : { logout_token: token });
  const url = `${bff.publicUrl}/bff/backchannel-logout`;
  return (await fetch(url, { method: 'POST', body, headers })).status;
}

const isSignedIn = async () => (await getSession(browser, bff.publicUrl)).status === 200;

describe('a logout token', () => {
  it.each([
    ['of a session', {}],
    ['of a person', { sid: undefined }],
    ['of a session without its person', { sub: undefined }],
  ])('%s ends what it names', async (_what, claims) => {
    expect(await deliver(await logoutToken({ claims }))).toBe(200);
    expect(await isSignedIn()).toBe(false);
  });

  it('of the recommended type is taken too', async () => {
    expect(await deliver(await logoutToken({ header: { typ: 'logout+jwt' } }))).toBe(200);
    expect(await isSignedIn()).toBe(false);
  });

  it('of another session leaves this one alone', async () => {
    expect(await deliver(await logoutToken({ claims: { sid: 'other' } }))).toBe(200);
    expect(await isSignedIn()).toBe(true);
  });

  it('works once: a sign-in with the same session since is not ended', async () => {
    const token = await logoutToken({ claims: { sid: 'V1_1', sub: 'nobody' } });
    expect(await deliver(token)).toBe(200);
    expect(await deliver(token)).toBe(400);
  });

  it.each<[string, Forgery]>([
    ['is signed by somebody else', { key: generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey }],
    ['is for another application', { claims: { aud: 'other' } }],
    ['is of another issuer', { claims: { iss: 'https://evil.test' } }],
    ['is old', { ago: 400 }],
    ['has a nonce', { claims: { nonce: 'n' } }],
    ['has no event', { claims: { events: undefined } }],
    ['has another event', { claims: { events: { other: {} } } }],
    ['has an event that is no object', { claims: { events: { [Object.keys(event)[0] ?? '']: true } } }],
    ['has no id', { claims: { jti: undefined } }],
    ['names nobody', { claims: { sid: undefined, sub: undefined } }],
    ['is of another type', { header: { typ: 'at+jwt' } }],
  ])('that %s is refused for good', async (_what, forgery) => {
    expect(await deliver(await logoutToken(forgery))).toBe(400);
    expect(await isSignedIn()).toBe(true);
  });

  it.each([
    ['an ID token', () => idToken()],
    ['an unsigned token', () => new UnsecuredJWT({ sid, events: event }).setIssuer(bff.rig.issuer).encode()],
    ['rubbish', () => 'rubbish'],
    ['nothing', () => undefined],
  ])('is not %s', async (_what, make) => {
    expect(await deliver(make())).toBe(400);
    expect(await isSignedIn()).toBe(true);
  });

  it('is not taken from a browser', async () => {
    const token = await logoutToken();
    expect(await deliver(token, { cookie: 'a=b' })).toBe(403);
    expect(await deliver(token, { 'sec-fetch-site': 'same-origin' })).toBe(403);
    expect(await isSignedIn()).toBe(true);
  });

  it('is asked for again when ZITADEL’s keys cannot be had', async () => {
    await bff.restart();
    bff.rig.interrupt = (_req, res, path) => {
      if (path !== '/jwks') return false;
      res.writeHead(503).end();
      return true;
    };
    const status = await deliver(await logoutToken());
    bff.rig.interrupt = undefined;
    expect(status).toBeGreaterThanOrEqual(500);
    expect(await isSignedIn()).toBe(true);
  });

  it('of the type ZITADEL uses is refused where the standard’s is asked for', async () => {
    const strict = await startTestBff({ environment: { LATCHKEY_LOGOUT_TOKEN_TYP: 'strict' } });
    const token = await new SignJWT({ sid: 's', jti: 'j', events: event })
      .setProtectedHeader({ alg: 'RS256', kid: 's1', typ: 'JWT' })
      .setIssuer(strict.rig.issuer)
      .setAudience('latchkey')
      .setIssuedAt()
      .sign(strict.rig.signingKey);
    const body = new URLSearchParams({ logout_token: token });
    const { status } = await fetch(`${strict.publicUrl}/bff/backchannel-logout`, { method: 'POST', body });
    await strict.stop();
    expect(status).toBe(400);
  });
});
