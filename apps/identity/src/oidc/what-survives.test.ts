import { decodeJwt } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { systemContext } from '../commands/context.ts';
import { addOtpSms } from '../commands/factors/one-time-codes.ts';
import { updateSession } from '../commands/sessions/sessions.ts';
import { callApi } from '../testing/api.ts';
import { createBrowser } from '../testing/browser.ts';
import { addPerson, codeOf, signInFully, type TestPerson } from '../testing/person.ts';
import { allowFactor, setPolicy } from '../testing/policy.ts';
import { addRelyingParty, addTestProject, type RelyingParty, SIGNED_OUT } from '../testing/relying-party.ts';
import { type RunningServer, startServer } from '../testing/running-server.ts';

let server: RunningServer;
let application: RelyingParty;
let sibling: RelyingParty;

beforeAll(async () => {
  server = await startServer();
  await setPolicy(server);
  await allowFactor(server, 'otpSms');
  const projectId = await addTestProject(server);
  application = await addRelyingParty(server, projectId, 'privateKeyJwt');
  sibling = await addRelyingParty(server, projectId, 'basic');
});
afterAll(() => server.stop());

interface SignedIn {
  readonly person: TestPerson;
  readonly accessToken: string;
  readonly refreshToken: string;
  readonly idToken: string;
  readonly sessionId: string;
}

async function newSignIn(factors: readonly 'totp'[] = []): Promise<SignedIn> {
  const person = await addPerson(server, factors);
  const url = await signInFully(createBrowser(server.origin), application.authorizeUrl(), person);
  const { body } = await application.exchange(codeOf(url));
  const idToken = String(body.id_token);
  return {
    person,
    accessToken: String(body.access_token),
    refreshToken: String(body.refresh_token),
    idToken,
    sessionId: String(decodeJwt(idToken).sid),
  };
}

const bearer = (token: string) => ({ headers: { authorization: `Bearer ${token}` } });

/** What an access token still opens. */
async function reach(accessToken: string) {
  const api = await fetch(`${server.origin}/auth/v1/users/me`, bearer(accessToken));
  const userinfo = await fetch(`${server.origin}/oidc/v1/userinfo`, bearer(accessToken));
  const { body } = await application.post('/oauth/v2/introspect', { token: accessToken });
  return { api: api.status, active: body.active, userinfo: userinfo.status };
}

const ALIVE = { api: 200, active: true, userinfo: 200 };
const DEAD = { api: 401, active: false, userinfo: 401 };

/** Refreshes and says what came of it: the refusal, or what the new token opens. */
async function refreshed(refreshToken: string) {
  const { status, body } = await application.refresh(refreshToken);
  return status === 200 ? reach(String(body.access_token)) : { status, error: body.error_description };
}

const state =
  (change: string) =>
  async ({ person }: SignedIn) => {
    expect((await callApi(server, 'POST', `/v2/users/${person.userId}/${change}`, { body: {} })).status).toBe(200);
  };

const endSession = (parameters: (signedIn: SignedIn) => Record<string, string>) => async (signedIn: SignedIn) => {
  const query = new URLSearchParams(parameters(signedIn));
  const answer = await fetch(`${server.origin}/oidc/v1/end_session?${query}`, { redirect: 'manual' });
  expect(answer.status).toBe(302);
};

const NOT_ACTIVE = { status: 400, error: 'Errors.User.NotActive' };
const REVOKED = { status: 400, error: 'Errors.OIDCSession.RefreshTokenInvalid' };

type Act = (signedIn: SignedIn) => Promise<unknown>;

/** What is done; what the access token opens then; what a refresh brings. Rows of zitadel-oidc.md 4. */
const rows: readonly (readonly [string, Act, unknown, unknown])[] = [
  [
    'the session is deleted by an administrator',
    ({ sessionId }) => callApi(server, 'DELETE', `/v2/sessions/${sessionId}`),
    DEAD,
    ALIVE,
  ],
  [
    'the session is deleted with the person’s own token',
    ({ sessionId, accessToken }) => callApi(server, 'DELETE', `/v2/sessions/${sessionId}`, { token: accessToken }),
    DEAD,
    ALIVE,
  ],
  ['sign-out with the ID token', endSession(({ idToken }) => ({ id_token_hint: idToken })), DEAD, ALIVE],
  ['sign-out with the client alone', endSession(() => ({ client_id: application.clientId })), ALIVE, ALIVE],
  ['sign-out with nothing', endSession(() => ({})), ALIVE, ALIVE],
  ['the person is locked', state('lock'), DEAD, NOT_ACTIVE],
  ['the person is deactivated', state('deactivate'), DEAD, NOT_ACTIVE],
  [
    'the person is locked and unlocked',
    async (signedIn) => {
      await state('lock')(signedIn);
      await state('unlock')(signedIn);
    },
    DEAD,
    ALIVE,
  ],
  [
    'the person is deactivated and reactivated',
    async (signedIn) => {
      await state('deactivate')(signedIn);
      await state('reactivate')(signedIn);
    },
    DEAD,
    ALIVE,
  ],
  [
    'the refresh token is revoked',
    ({ refreshToken }) => application.post('/oauth/v2/revoke', { token: refreshToken }),
    DEAD,
    REVOKED,
  ],
  [
    'the refresh token is revoked by another application of the project',
    ({ refreshToken }) => sibling.post('/oauth/v2/revoke', { token: refreshToken, token_type_hint: 'refresh_token' }),
    DEAD,
    REVOKED,
  ],
  [
    'the access token is revoked',
    ({ accessToken }) => application.post('/oauth/v2/revoke', { token: accessToken }),
    DEAD,
    ALIVE,
  ],
  ['the person is deleted', ({ person }) => callApi(server, 'DELETE', `/v2/users/${person.userId}`), DEAD, NOT_ACTIVE],
  [
    'an administrator sets a new password',
    async ({ person }) => {
      const body = { newPassword: { password: 'Another-Horse-8' } };
      expect((await callApi(server, 'POST', `/v2/users/${person.userId}/password`, { body })).status).toBe(200);
    },
    ALIVE,
    ALIVE,
  ],
  [
    'the session’s lifetime is over',
    async ({ sessionId }) => {
      await updateSession(systemContext(server.store), { sessionId, lifetime: 1 });
      await new Promise((resolve) => setTimeout(resolve, 1100));
    },
    ALIVE,
    ALIVE,
  ],
  ['garbage is revoked', () => application.post('/oauth/v2/revoke', { token: 'garbage' }), ALIVE, ALIVE],
];

test.each(rows)('%s', async (_row, act, access, refresh) => {
  const signedIn = await newSignIn();
  expect(await reach(signedIn.accessToken)).toEqual(ALIVE);
  await act(signedIn);
  expect(await reach(signedIn.accessToken)).toEqual(access);
  expect(await refreshed(signedIn.refreshToken)).toEqual(refresh);
});

describe('factors', () => {
  test('an authenticator app that is removed ends nothing', async () => {
    const { person, accessToken, refreshToken } = await newSignIn(['totp']);
    expect((await callApi(server, 'DELETE', `/v2/users/${person.userId}/totp`)).status).toBe(200);
    expect(await reach(accessToken)).toEqual(ALIVE);
    expect(await refreshed(refreshToken)).toEqual(ALIVE);
  });

  test('a second factor that is added closes the API to a sign-in by password, and nothing else', async () => {
    const { person, accessToken } = await newSignIn();
    await addOtpSms(systemContext(server.store), { userId: person.userId });
    expect(await reach(accessToken)).toEqual({ api: 403, active: true, userinfo: 200 });
    const answer = await callApi(server, 'GET', '/auth/v1/users/me', { token: accessToken });
    expect(answer.body.message).toBe('mfa required (AUTHZ-Kl3p0)');
  });
});

test('a client secret that is made anew ends nothing; a refresh wants the new one', async () => {
  const url = await signInFully(createBrowser(server.origin), sibling.authorizeUrl(), await addPerson(server));
  const { body } = await sibling.exchange(codeOf(url));
  const path = `/management/v1/projects/${sibling.projectId}/apps/${sibling.applicationId}/oidc_config`;
  const made = await callApi(server, 'POST', `${path}/_generate_client_secret`, { body: {} });
  expect(made.status).toBe(200);
  expect(await reach(String(body.access_token))).toEqual(ALIVE);
  const refused = await sibling.refresh(body.refresh_token);
  expect([refused.status, refused.body]).toEqual([
    400,
    { error: 'invalid_client', error_description: 'invalid secret' },
  ]);
  const answer = await sibling.refresh(body.refresh_token, { client_secret: String(made.body.clientSecret) });
  expect(answer.status).toBe(200);
  expect(await reach(String(answer.body.access_token))).toEqual(ALIVE);
});

describe('a session that was deleted', () => {
  test('still names the new ID token, and cannot be deleted again', async () => {
    const { sessionId, refreshToken } = await newSignIn();
    await callApi(server, 'DELETE', `/v2/sessions/${sessionId}`);
    const { body } = await application.refresh(refreshToken);
    expect(decodeJwt(String(body.id_token)).sid).toBe(sessionId);
    await callApi(server, 'DELETE', `/v2/sessions/${sessionId}`);
    expect(await reach(String(body.access_token))).toEqual(ALIVE);
  });

  test('and its refresh token revoked: that is the complete sign-out', async () => {
    const { sessionId, refreshToken } = await newSignIn();
    await callApi(server, 'DELETE', `/v2/sessions/${sessionId}`);
    await application.post('/oauth/v2/revoke', { token: refreshToken });
    expect(await refreshed(refreshToken)).toEqual(REVOKED);
  });

  test('was listed until then', async () => {
    const { person, sessionId } = await newSignIn(['totp']);
    const search = { queries: [{ userIdQuery: { id: person.userId } }] };
    const listed = await callApi(server, 'POST', '/v2/sessions/search', { body: search });
    expect(listed.body.sessions).toMatchObject([
      { id: sessionId, factors: { user: { id: person.userId }, password: {}, totp: {} } },
    ]);
    await callApi(server, 'DELETE', `/v2/sessions/${sessionId}`);
    expect((await callApi(server, 'POST', '/v2/sessions/search', { body: search })).body.sessions).toBeUndefined();
  });
});

describe('sign-out at the issuer', () => {
  const go = async (parameters: Record<string, string>, method = 'GET') => {
    const form = new URLSearchParams(parameters);
    const [url, body] = method === 'GET' ? [`?${form}`, undefined] : ['', form];
    return fetch(`${server.origin}/oidc/v1/end_session${url}`, { method, redirect: 'manual', ...(body && { body }) });
  };

  test.each(['GET', 'POST'])('by %s leads to the application’s address, with its state', async (method) => {
    const { idToken } = await newSignIn();
    const parameters = { id_token_hint: idToken, post_logout_redirect_uri: SIGNED_OUT, state: 's' };
    const answer = await go(parameters, method);
    expect([answer.status, answer.headers.get('location')]).toEqual([302, `${SIGNED_OUT}?state=s`]);
  });

  test.each([
    ['nothing', {}],
    ['an address without a client', { post_logout_redirect_uri: SIGNED_OUT }],
  ])('with %s leads to a page', async (_case, parameters: Record<string, string>) => {
    const answer = await go(parameters);
    expect([answer.status, answer.headers.get('location')]).toEqual([302, '/ui/login/logout/done']);
    expect((await fetch(`${server.origin}/ui/login/logout/done`)).status).toBe(200);
  });

  test('to an unregistered address: refused, and nothing is ended', async () => {
    const { idToken, accessToken } = await newSignIn();
    const answer = await go({ id_token_hint: idToken, post_logout_redirect_uri: 'http://evil.example/' });
    expect([answer.status, await answer.json()]).toEqual([
      400,
      { error: 'invalid_request', error_description: 'post_logout_redirect_uri invalid' },
    ]);
    expect(await reach(accessToken)).toEqual(ALIVE);
  });

  test('with a forged ID token', async () => {
    const { idToken } = await newSignIn();
    const answer = await go({ id_token_hint: `${idToken.slice(0, -4)}AAAA` });
    expect([answer.status, await answer.json()]).toEqual([
      500,
      { error: 'server_error', error_description: 'Errors.Internal' },
    ]);
  });

  test('a refreshed ID token is good for it, and the browser has to sign in again', async () => {
    const person = await addPerson(server);
    const browser = createBrowser(server.origin);
    const { body } = await application.exchange(codeOf(await signInFully(browser, application.authorizeUrl(), person)));
    const { body: later } = await application.refresh(body.refresh_token);
    expect((await browser.open(application.authorizeUrl())).title).toBe('');
    await go({ id_token_hint: String(later.id_token) });
    const page = await browser.open(application.authorizeUrl());
    expect(page.title).toBe('Sign in');
  });
});
