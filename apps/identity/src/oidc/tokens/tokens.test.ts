import { decodeJwt, decodeProtectedHeader } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Browser, createBrowser } from '../../testing/browser.ts';
import { addPerson, codeOf, signInFully, type TestPerson } from '../../testing/person.ts';
import { setPolicy } from '../../testing/policy.ts';
import {
  type Answer,
  addRelyingParty,
  addTestProject,
  CALLBACK,
  postForm,
  type RelyingParty,
  VERIFIER,
} from '../../testing/relying-party.ts';
import { type RunningServer, startServer } from '../../testing/running-server.ts';

let server: RunningServer;
let projectId: string;
let person: TestPerson;
let browser: Browser;
const applications: Partial<Record<string, RelyingParty>> = {};

beforeAll(async () => {
  server = await startServer();
  await setPolicy(server);
  projectId = await addTestProject(server);
  for (const method of ['basic', 'post', 'none', 'privateKeyJwt'] as const) {
    applications[method] = await addRelyingParty(server, projectId, method);
  }
  person = await addPerson(server, ['totp']);
  browser = createBrowser(server.origin);
});
afterAll(() => server.stop());

function application(method: string): RelyingParty {
  const found = applications[method];
  if (!found) throw new Error(method);
  return found;
}

async function newCode(app: RelyingParty, parameters: Record<string, string> = {}): Promise<string> {
  return codeOf(await signInFully(browser, app.authorizeUrl(parameters), person));
}

const refusal = ({ status, body }: Answer) => [status, body.error, body.error_description];

describe('tokens', () => {
  test.each(['basic', 'post', 'none', 'privateKeyJwt'])('are handed to a %s application', async (method) => {
    const app = application(method);
    const { status, body, headers } = await app.exchange(await newCode(app));
    expect(status).toBe(200);
    expect(headers.get('cache-control')).toBe('no-store');
    expect(Object.keys(body)).toEqual(['access_token', 'token_type', 'refresh_token', 'expires_in', 'id_token']);
    expect(body).toMatchObject({ token_type: 'Bearer', expires_in: 43199 });
  });

  test('the ID token has ZITADEL’s claims, and every client of the project as audience', async () => {
    const app = application('basic');
    const { body } = await app.exchange(await newCode(app));
    const token = String(body.id_token);
    expect(decodeProtectedHeader(token)).toMatchObject({ alg: 'RS256', typ: 'JWT' });
    const claims = decodeJwt(token);
    expect(Object.keys(claims).sort()).toEqual(
      'amr at_hash aud auth_time azp client_id exp iat iss nonce sid sub'.split(' '),
    );
    expect(claims).toMatchObject({
      iss: server.origin,
      sub: person.userId,
      azp: app.clientId,
      client_id: app.clientId,
      nonce: 'a-nonce',
      amr: ['pwd', 'otp', 'mfa'],
    });
    expect(claims.aud).toHaveLength(4 + 2);
    expect(claims.aud).toEqual(expect.arrayContaining([application('none').clientId, projectId]));
  });

  test('without openid there is no ID token, without offline_access no refresh token', async () => {
    const app = application('basic');
    expect((await app.exchange(await newCode(app, { scope: 'offline_access' }))).body).not.toHaveProperty('id_token');
    expect((await app.exchange(await newCode(app, { scope: 'openid' }))).body).not.toHaveProperty('refresh_token');
  });

  test('user info tells what the scopes allow', async () => {
    const app = application('basic');
    const { body } = await app.exchange(await newCode(app, { scope: 'openid profile email' }));
    const me = await fetch(`${server.origin}/oidc/v1/userinfo`, {
      headers: { authorization: `Bearer ${String(body.access_token)}` },
    });
    expect(await me.json()).toEqual({
      sub: person.userId,
      name: 'Ada Keller',
      given_name: 'Ada',
      family_name: 'Keller',
      locale: null,
      updated_at: expect.any(Number),
      preferred_username: person.loginName,
      email: person.email,
      email_verified: true,
    });
  });

  test('introspection: another application of the project may ask, a public one may not', async () => {
    const app = application('basic');
    const { body } = await app.exchange(await newCode(app));
    const token = String(body.access_token);
    const answer = await application('privateKeyJwt').post('/oauth/v2/introspect', { token });
    expect(answer.body).toMatchObject({ active: true, client_id: app.clientId, sub: person.userId });
    expect(answer.body).not.toHaveProperty('sid');
    expect(refusal(await application('none').post('/oauth/v2/introspect', { token }))).toEqual([
      400,
      'invalid_client',
      'client must be authenticated',
    ]);
    const refresh = await app.post('/oauth/v2/introspect', { token: String(body.refresh_token) });
    expect(refresh.body).toEqual({ active: false });
  });

  test('a token of another project is nobody’s business', async () => {
    const stranger = await addRelyingParty(server, await addTestProject(server), 'basic');
    const app = application('basic');
    const { body } = await app.exchange(await newCode(app));
    const answer = await stranger.post('/oauth/v2/introspect', { token: String(body.access_token) });
    expect(answer.body).toEqual({ active: false });
  });
});

describe('the API', () => {
  const whoAmI = (token: unknown) =>
    fetch(`${server.origin}/auth/v1/users/me`, { headers: { authorization: `Bearer ${String(token)}` } });

  test('is open with its audience, and closed without', async () => {
    const app = application('basic');
    const { body: open } = await app.exchange(await newCode(app));
    expect((await whoAmI(open.access_token)).status).toBe(200);
    const { body: closed } = await app.exchange(await newCode(app, { scope: 'openid' }));
    const answer = await whoAmI(closed.access_token);
    expect([answer.status, await answer.json()]).toMatchObject([401, { message: 'Errors.Token.Invalid (AUTH-7fs1e)' }]);
  });
});

describe('a code', () => {
  test('used twice: refused, and the first tokens stay', async () => {
    const app = application('basic');
    const code = await newCode(app);
    const first = await app.exchange(code);
    expect(refusal(await app.exchange(code))).toEqual([400, 'invalid_request', 'Errors.AuthRequest.NoCode']);
    const still = await app.post('/oauth/v2/introspect', { token: String(first.body.access_token) });
    expect(still.body.active).toBe(true);
    expect((await app.refresh(first.body.refresh_token)).status).toBe(200);
  });

  const mistakes = [
    ['garbage', { code: 'garbage' }, 'invalid_request', 'Errors.User.Code.Invalid'],
    ['wrong verifier', { code_verifier: 'x'.repeat(50) }, 'invalid_grant', 'invalid code_verifier'],
    ['no verifier', { code_verifier: '' }, 'invalid_request', 'code_verifier required'],
    ['wrong redirect', { redirect_uri: `${CALLBACK}/x` }, 'invalid_grant', 'redirect_uri does not correspond'],
  ] as const;

  test.each(mistakes)('%s: refused, and the code is not spent', async (_case, form, error, description) => {
    const app = application('basic');
    const code = await newCode(app);
    expect(refusal(await app.exchange(code, form))).toEqual([400, error, description]);
    expect((await app.exchange(code)).status).toBe(200);
  });

  test('of another client: refused', async () => {
    const code = await newCode(application('basic'));
    expect(refusal(await application('post').exchange(code))).toEqual([
      400,
      'invalid_client',
      'client_id does not correspond to the client_id in the authorization request',
    ]);
  });

  test('without PKCE is accepted, and with a plain challenge only until the token endpoint', async () => {
    const app = application('none');
    const bare = await newCode(app, { code_challenge: '', code_challenge_method: '' });
    expect((await app.exchange(bare, { code_verifier: '' })).status).toBe(200);
    const plain = await newCode(app, { code_challenge: VERIFIER, code_challenge_method: 'plain' });
    expect(refusal(await app.exchange(plain)).slice(0, 2)).toEqual([400, 'invalid_grant']);
  });
});

describe('a client', () => {
  test('basic and post accept each other’s way', async () => {
    const app = application('basic');
    const code = await newCode(app);
    const response = await fetch(`${server.origin}/oauth/v2/token`, {
      method: 'POST',
      headers: { authorization: `Basic ${btoa(`${app.clientId}:${app.clientSecret}`)}` },
      body: new URLSearchParams({
        grant_type: 'authorization_code',
        code,
        redirect_uri: CALLBACK,
        code_verifier: VERIFIER,
      }),
    });
    expect(response.status).toBe(200);
  });

  test.each([
    ['', 'empty client secret'],
    ['wrong', 'invalid secret'],
  ])('with the secret %j: 400', async (secret, description) => {
    const app = application('basic');
    const answer = await app.exchange('x', { client_secret: secret });
    expect(refusal(answer)).toEqual([400, 'invalid_client', description]);
  });

  test.each(['/oauth/v2/token', '/', ''])('with an assertion for the issuer and %j', async (path) => {
    const app = application('privateKeyJwt');
    const code = await newCode(app);
    const answer = await app.exchange(code, {
      client_assertion: await app.assertion({ aud: `${server.origin}${path}` }),
    });
    if (path === '') expect(answer.status).toBe(200);
    else expect(refusal(answer)).toEqual([400, 'invalid_client', 'invalid assertion']);
  });

  test('may use an assertion twice', async () => {
    const app = application('privateKeyJwt');
    const client_assertion = await app.assertion();
    for (const code of [await newCode(app), await newCode(app)]) {
      expect((await app.exchange(code, { client_assertion })).status).toBe(200);
    }
  });
});

describe('a refresh', () => {
  async function newTokens(method = 'basic') {
    const app = application(method);
    const { body } = await app.exchange(await newCode(app));
    return { app, body };
  }
  const isActive = async (app: RelyingParty, token: unknown) =>
    (await app.post('/oauth/v2/introspect', { token: String(token) })).body.active;

  test('brings new tokens with the old sign-in, and ends the old ones at once', async () => {
    const { app, body } = await newTokens();
    const next = await app.refresh(body.refresh_token);
    expect(next.status).toBe(200);
    expect(next.body.refresh_token).not.toBe(body.refresh_token);
    const [before, after] = [decodeJwt(String(body.id_token)), decodeJwt(String(next.body.id_token))];
    for (const claim of ['auth_time', 'amr', 'nonce', 'sid', 'sub']) expect(after[claim]).toEqual(before[claim]);
    expect(after.at_hash).not.toBe(before.at_hash);
    expect(await isActive(app, body.access_token)).toBe(false);
    expect(await isActive(app, next.body.access_token)).toBe(true);
  });

  test('with a token from before is refused, and harms nobody', async () => {
    const { app, body } = await newTokens();
    const next = await app.refresh(body.refresh_token);
    expect(refusal(await app.refresh(body.refresh_token))).toEqual([
      400,
      'invalid_request',
      'Errors.OIDCSession.RefreshTokenInvalid',
    ]);
    expect(await isActive(app, next.body.access_token)).toBe(true);
    expect((await app.refresh(next.body.refresh_token)).status).toBe(200);
  });

  test('with garbage, or an access token', async () => {
    const { app, body } = await newTokens();
    for (const token of ['garbage', body.access_token]) {
      expect(refusal(await app.refresh(token))).toEqual([400, 'invalid_request', 'Errors.User.RefreshToken.Invalid']);
    }
  });

  test('of another client, or for more', async () => {
    const { app, body } = await newTokens();
    expect(refusal(await application('post').refresh(body.refresh_token))).toEqual([
      400,
      'invalid_client',
      'client_id does not correspond to the client_id in the refresh token',
    ]);
    expect(refusal(await app.refresh(body.refresh_token, { scope: 'openid phone' })).slice(0, 2)).toEqual([
      400,
      'invalid_scope',
    ]);
  });

  test('needs a client', async () => {
    const { body } = await newTokens('none');
    const answer = await postForm(`${server.origin}/oauth/v2/token`, {
      grant_type: 'refresh_token',
      refresh_token: String(body.refresh_token),
    });
    expect(answer.status).toBe(400);
  });
});
