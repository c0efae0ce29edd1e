import { decodeJwt } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { systemContext } from '../commands/context.ts';
import { addOtpSms } from '../commands/factors/one-time-codes.ts';
import { updateSession } from '../commands/sessions/sessions.ts';
import { callApi } from '../testing/api.ts';
import { PASSWORD } from '../testing/person.ts';
import { allowFactor, setPolicy } from '../testing/policy.ts';
import { addRelyingParty, addTestProject, type RelyingParty } from '../testing/relying-party.ts';
import { type RunningServer, startServer } from '../testing/running-server.ts';
import { ALIVE, DEAD, reach, type SignedIn, signInTo } from '../testing/signed-in.ts';

type TokenType = 'Bearer' | 'JWT';

let server: RunningServer;
/** One for each type of access token. */
let applications: Readonly<Record<TokenType, RelyingParty>>;
let sibling: RelyingParty;

beforeAll(async () => {
  server = await startServer();
  await setPolicy(server);
  await allowFactor(server, 'otpSms');
  const projectId = await addTestProject(server);
  applications = {
    Bearer: await addRelyingParty(server, projectId, 'privateKeyJwt'),
    JWT: await addRelyingParty(server, projectId, 'privateKeyJwt', { accessTokenType: 1 }),
  };
  sibling = await addRelyingParty(server, projectId, 'basic');
});
afterAll(() => server.stop());

const opens = ({ application, accessToken }: SignedIn) => reach(server, application, accessToken);

/** Refreshes and says what came of it: the refusal, or what the new token opens. */
async function refreshed({ application, refreshToken }: SignedIn) {
  const { status, body } = await application.refresh(refreshToken);
  return status === 200
    ? reach(server, application, String(body.access_token))
    : { status, error: body.error_description };
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

async function setPassword(userId: string, proof: { readonly currentPassword?: string }, token?: string) {
  const body = { newPassword: { password: 'Another-Horse-8' }, ...proof };
  const answer = await callApi(server, 'POST', `/v2/users/${userId}/password`, { body, ...(token && { token }) });
  expect(answer.status).toBe(200);
}

/** Gives the session a short lifetime, and lets it be over. */
async function outlive(sessionId: string) {
  await updateSession(systemContext(server.store), { sessionId, lifetime: 1 });
  const ended = { expires_at: Date.now() - 1000 };
  await server.store.db.updateTable('sessions').set(ended).where('id', '=', sessionId).execute();
}

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
  [
    'sign-out with the client alone',
    endSession(({ application }) => ({ client_id: application.clientId })),
    ALIVE,
    ALIVE,
  ],
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
    ({ application, refreshToken }) => application.post('/oauth/v2/revoke', { token: refreshToken }),
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
    ({ application, accessToken }) => application.post('/oauth/v2/revoke', { token: accessToken }),
    DEAD,
    ALIVE,
  ],
  ['the person is deleted', ({ person }) => callApi(server, 'DELETE', `/v2/users/${person.userId}`), DEAD, NOT_ACTIVE],
  ['an administrator sets a new password', ({ person }) => setPassword(person.userId, {}), ALIVE, ALIVE],
  [
    'the person changes their own password',
    ({ person, accessToken }) => setPassword(person.userId, { currentPassword: PASSWORD }, accessToken),
    ALIVE,
    ALIVE,
  ],
  ['the session’s lifetime is over', ({ sessionId }) => outlive(sessionId), ALIVE, ALIVE],
  ['garbage is revoked', ({ application }) => application.post('/oauth/v2/revoke', { token: 'garbage' }), ALIVE, ALIVE],
];

describe.each<TokenType>(['Bearer', 'JWT'])('with %s tokens', (type) => {
  test.each(rows)('%s', async (_row, act, access, refresh) => {
    const signedIn = await signInTo(server, applications[type]);
    expect(signedIn.accessToken.startsWith('eyJ')).toBe(type === 'JWT');
    expect(await opens(signedIn)).toEqual(ALIVE);
    await act(signedIn);
    expect(await opens(signedIn)).toEqual(access);
    expect(await refreshed(signedIn)).toEqual(refresh);
  });

  test('an authenticator app that is removed ends nothing', async () => {
    const signedIn = await signInTo(server, applications[type], ['totp']);
    expect((await callApi(server, 'DELETE', `/v2/users/${signedIn.person.userId}/totp`)).status).toBe(200);
    expect(await opens(signedIn)).toEqual(ALIVE);
    expect(await refreshed(signedIn)).toEqual(ALIVE);
  });

  test('a second factor that is added closes the API to a sign-in by password, and nothing else', async () => {
    const signedIn = await signInTo(server, applications[type]);
    await addOtpSms(systemContext(server.store), { userId: signedIn.person.userId });
    expect(await opens(signedIn)).toEqual({ api: 403, active: true, userinfo: 200 });
    const answer = await callApi(server, 'GET', '/auth/v1/users/me', { token: signedIn.accessToken });
    expect(answer.body.message).toBe('mfa required (AUTHZ-Kl3p0)');
    expect(await refreshed(signedIn)).toEqual({ api: 403, active: true, userinfo: 200 });
  });
});

test('a client secret that is made anew ends nothing; a refresh wants the new one', async () => {
  const { accessToken, refreshToken } = await signInTo(server, sibling);
  const path = `/management/v1/projects/${sibling.projectId}/apps/${sibling.applicationId}/oidc_config`;
  const made = await callApi(server, 'POST', `${path}/_generate_client_secret`, { body: {} });
  expect(made.status).toBe(200);
  // The sibling still has the old secret, so another asks.
  const opened = (token: string) => reach(server, applications.Bearer, token);
  expect(await opened(accessToken)).toEqual(ALIVE);
  const refused = await sibling.refresh(refreshToken);
  expect([refused.status, refused.body]).toEqual([
    400,
    { error: 'invalid_client', error_description: 'invalid secret' },
  ]);
  const answer = await sibling.refresh(refreshToken, { client_secret: String(made.body.clientSecret) });
  expect(answer.status).toBe(200);
  expect(await opened(String(answer.body.access_token))).toEqual(ALIVE);
});

describe('a session that was deleted', () => {
  const remove = ({ sessionId }: SignedIn) => callApi(server, 'DELETE', `/v2/sessions/${sessionId}`);

  test('still names the new ID token, and cannot be deleted again', async () => {
    const signedIn = await signInTo(server, applications.Bearer);
    await remove(signedIn);
    const { body } = await signedIn.application.refresh(signedIn.refreshToken);
    expect(decodeJwt(String(body.id_token)).sid).toBe(signedIn.sessionId);
    await remove(signedIn);
    expect(await reach(server, signedIn.application, String(body.access_token))).toEqual(ALIVE);
  });

  test('and its refresh token revoked: that is the complete sign-out', async () => {
    const signedIn = await signInTo(server, applications.Bearer);
    await remove(signedIn);
    await signedIn.application.post('/oauth/v2/revoke', { token: signedIn.refreshToken });
    expect(await refreshed(signedIn)).toEqual(REVOKED);
  });

  test('was listed until then', async () => {
    const signedIn = await signInTo(server, applications.Bearer, ['totp']);
    const { person, sessionId } = signedIn;
    const search = { queries: [{ userIdQuery: { id: person.userId } }] };
    const listed = await callApi(server, 'POST', '/v2/sessions/search', { body: search });
    expect(listed.body.sessions).toMatchObject([
      { id: sessionId, factors: { user: { id: person.userId }, password: {}, totp: {} } },
    ]);
    await remove(signedIn);
    expect((await callApi(server, 'POST', '/v2/sessions/search', { body: search })).body.sessions).toBeUndefined();
  });
});
