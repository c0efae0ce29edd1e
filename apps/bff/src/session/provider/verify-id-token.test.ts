import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { SignJWT, UnsecuredJWT } from 'jose';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Browser, createBrowser, createPageSignIn, navigation } from '../../testing/browser.ts';
import { startTestBff, type TestBff } from '../../testing/start-test-bff.ts';

let bff: TestBff;
let browser: Browser;
beforeAll(async () => {
  bff = await startTestBff();
});
afterAll(() => bff.stop());
beforeEach(() => {
  browser = createBrowser();
});

const stranger = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
type Claims = Record<string, unknown>;

/** Signs claims as ZITADEL would, or as somebody who would like to be. */
function sign(claims: Claims, key: KeyObject = bff.rig.signingKey): Promise<string> {
  return new SignJWT(JSON.parse(JSON.stringify(claims)) as Claims)
    .setProtectedHeader({ alg: 'RS256', kid: 's1', typ: 'JWT' })
    .sign(key);
}

/** Takes a sign-in to its callback, where the token endpoint answers with this ID token; tells what the page gets. */
async function finishWith(makeIdToken: (claims: Claims) => Promise<string> | string, iss = bff.rig.issuer) {
  const { authorizeUrl } = createPageSignIn(bff.publicUrl);
  const { location } = await browser.request(authorizeUrl, { headers: navigation });
  const now = Math.floor(Date.now() / 1000);
  const nonce = location?.searchParams.get('nonce');
  const claims = {
    iss: bff.rig.issuer,
    sub: 'alice',
    aud: ['latchkey'],
    iat: now,
    exp: now + 60,
    auth_time: now,
    nonce,
  };
  const idToken = await makeIdToken(claims);
  bff.rig.interrupt = (_req, res, path) => {
    const token = { access_token: 'a', token_type: 'Bearer', expires_in: 60, id_token: idToken };
    const answers: Record<string, unknown> = { '/token': token, '/me': { sub: 'alice' } };
    if (!(path in answers)) return false;
    res.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answers[path]));
    return true;
  };
  const state = location?.searchParams.get('state') ?? '';
  const query = new URLSearchParams({ code: 'c', state, iss });
  const end = await browser.request(`${bff.publicUrl}/bff/callback?${query}`, { headers: navigation });
  bff.rig.interrupt = undefined;
  return end.location?.searchParams.has('code') ? 'taken' : end.location?.searchParams.get('error');
}

describe('an ID token is taken', () => {
  it.each<[string, Claims]>([
    ['for us alone', {}],
    [
      'for several applications of the project, when it was asked for by us',
      { aud: ['latchkey', 'other', '42'], azp: 'latchkey' },
    ],
  ])('%s', async (_what, changes) => {
    expect(await finishWith((claims) => sign({ ...claims, ...changes }))).toBe('taken');
  });
});

describe('an ID token is refused', () => {
  it.each<[string, Claims]>([
    ['for another application', { aud: ['other'] }],
    ['for several applications when nobody says for whom', { aud: ['latchkey', 'other'] }],
    ['for several applications when another one asked', { aud: ['latchkey', 'other'], azp: 'other' }],
    ['of another issuer', { iss: 'https://evil.test' }],
    ['of another sign-in', { nonce: 'other' }],
    ['without a nonce', { nonce: undefined }],
    ['that has expired', { exp: 1 }],
    ['without a person', { sub: undefined }],
    ['that does not say when', { auth_time: undefined }],
  ])('%s', async (_what, changes) => {
    expect(await finishWith((claims) => sign({ ...claims, ...changes }))).toBe('server_error');
  });

  it('signed by somebody else', async () => {
    expect(await finishWith((claims) => sign(claims, stranger))).toBe('server_error');
  });

  it('signed by nobody', async () => {
    expect(await finishWith((claims) => new UnsecuredJWT(claims).encode())).toBe('server_error');
  });

  it('when the callback came from another server', async () => {
    expect(await finishWith((claims) => sign(claims), 'https://evil.test')).toBe('server_error');
  });
});
