import { createServer, type IncomingMessage, type Server } from 'node:http';
import { createRemoteJWKSet, type JWTPayload, jwtVerify } from 'jose';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { callApi } from '../../testing/api.ts';
import { createBrowser } from '../../testing/browser.ts';
import { addPerson, codeOf, signInFully } from '../../testing/person.ts';
import { setPolicy } from '../../testing/policy.ts';
import { addRelyingParty, addTestProject, type RelyingParty } from '../../testing/relying-party.ts';
import { type RunningServer, startServer } from '../../testing/running-server.ts';
import { LOGOUT_SCHEDULE } from './schedule.ts';

let server: RunningServer;
let listener: Server;
let application: RelyingParty;
let sibling: RelyingParty;
/** `undefined`: never. */
let answerStatus: number | undefined;
let calls: { readonly request: IncomingMessage; readonly form: URLSearchParams }[];

beforeAll(async () => {
  server = await startServer({ logoutSchedule: { timeout: 500, pauses: [5, 5] } });
  await setPolicy(server);
  listener = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      calls.push({ request, form: new URLSearchParams(Buffer.concat(chunks).toString()) });
      if (answerStatus !== undefined) response.writeHead(answerStatus).end();
    });
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => listener.once('listening', resolve));
  const address = listener.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const projectId = await addTestProject(server);
  const at = (name: string) => ({ backChannelLogoutUri: `http://127.0.0.1:${port}/${name}` });
  application = await addRelyingParty(server, projectId, 'privateKeyJwt', at('one'));
  sibling = await addRelyingParty(server, projectId, 'basic', at('two'));
});
afterAll(async () => {
  await server.stop();
  listener.close();
});
beforeEach(() => {
  calls = [];
  answerStatus = 200;
});

async function newSignIn(...applications: readonly RelyingParty[]) {
  const person = await addPerson(server);
  const browser = createBrowser(server.origin);
  let body: Record<string, unknown> = {};
  for (const each of applications) {
    ({ body } = await each.exchange(codeOf(await signInFully(browser, each.authorizeUrl(), person))));
  }
  const keys = createRemoteJWKSet(new URL(`${server.origin}/oauth/v2/keys`));
  const { payload } = await jwtVerify(String(body.id_token), keys);
  return { person, body, sessionId: String(payload.sid), idToken: String(body.id_token), keys };
}

const tokens = async (keys: Awaited<ReturnType<typeof newSignIn>>['keys']) => {
  const read = calls.map(async ({ form }) => jwtVerify(form.get('logout_token') ?? '', keys));
  return Promise.all(read);
};

const arrived = (count: number) => vi.waitFor(() => expect(calls).toHaveLength(count), { timeout: 5000 });

/** Long enough for one more call to have come: an end of another session, which is told afterwards. */
async function nothingMore(count: number): Promise<void> {
  const { sessionId } = await newSignIn(application);
  const before = calls.length;
  await callApi(server, 'DELETE', `/v2/sessions/${sessionId}`);
  await vi.waitFor(() => expect(calls.length).toBeGreaterThan(before), { timeout: 5000 });
  expect(before).toBe(count);
}

test('a deleted session is told to its application, with ZITADEL’s token', async () => {
  const { person, sessionId, keys } = await newSignIn(application);
  await callApi(server, 'DELETE', `/v2/sessions/${sessionId}`);
  await arrived(1);
  const [call] = calls;
  expect(call?.request.headers['content-type']).toMatch(/^application\/x-www-form-urlencoded/);
  for (const header of ['cookie', 'origin', 'authorization']) expect(call?.request.headers).not.toHaveProperty(header);
  expect([...(call?.form.keys() ?? [])]).toEqual(['logout_token']);
  const [token] = await tokens(keys);
  expect(token?.protectedHeader).toMatchObject({ alg: 'RS256', typ: 'JWT' });
  const claims: JWTPayload = token?.payload ?? {};
  expect(Object.keys(claims).sort()).toEqual('aud events exp iat iss jti sid sub'.split(' '));
  expect(claims).toMatchObject({ iss: server.origin, sub: person.userId, aud: [application.clientId], sid: sessionId });
  expect(claims.events).toEqual({ 'http://schemas.openid.net/event/backchannel-logout': {} });
  expect((claims.exp ?? 0) - (claims.iat ?? 0)).toBe(901);
});

test('sign-out at the issuer is told to every application of the session, once for each exchange', async () => {
  const { idToken, keys } = await newSignIn(application, application, sibling);
  await fetch(`${server.origin}/oidc/v1/end_session?${new URLSearchParams({ id_token_hint: idToken })}`, {
    redirect: 'manual',
  });
  await arrived(3);
  const read = (await tokens(keys)).map(({ payload }) => payload);
  expect(new Set(read.map(({ jti }) => jti)).size).toBe(3);
  expect(new Set(read.map(({ sid }) => sid)).size).toBe(1);
  expect(read.map(({ aud }) => String(aud)).sort()).toEqual(
    [application.clientId, application.clientId, sibling.clientId].sort(),
  );
});

test.each([
  ['a fault', 500],
  ['a redirect to nowhere', 302],
  ['silence', undefined],
])('%s is tried three times, with the same id', async (_answer, status) => {
  answerStatus = status;
  const { sessionId, keys } = await newSignIn(application);
  await callApi(server, 'DELETE', `/v2/sessions/${sessionId}`);
  await arrived(3);
  expect(new Set((await tokens(keys)).map(({ payload }) => payload.jti)).size).toBe(1);
  answerStatus = 200;
  await nothingMore(3);
});

test('the attempts come when a real server makes them', () => {
  const { timeout, pauses } = LOGOUT_SCHEDULE;
  const attempts = (answersAfter: number) =>
    pauses.map((_, index) => {
      const waited = pauses.slice(0, index + 1).reduce((sum, pause) => sum + answersAfter + pause, 0);
      return Math.round((200 + waited) / 1000);
    });
  expect(attempts(0)).toEqual([2, 19]);
  // Seen: 7.3 and 28 s.
  expect(attempts(Math.min(timeout, 12_000))).toEqual([7, 29]);
});

test.each([400, 204])('an answer of %d is final', async (status) => {
  answerStatus = status;
  const { sessionId } = await newSignIn(application);
  await callApi(server, 'DELETE', `/v2/sessions/${sessionId}`);
  await arrived(1);
  await nothingMore(1);
});

test('a lock, a deactivation, a deletion, a new password and a revoked token are told to nobody', async () => {
  for (const change of ['lock', 'deactivate']) {
    const { person } = await newSignIn(application);
    await callApi(server, 'POST', `/v2/users/${person.userId}/${change}`, { body: {} });
  }
  const { person } = await newSignIn(application);
  await callApi(server, 'DELETE', `/v2/users/${person.userId}`);
  const { body, person: other } = await newSignIn(application);
  const password = { newPassword: { password: 'Another-Horse-8' } };
  const changed = await callApi(server, 'POST', `/v2/users/${other.userId}/password`, { body: password });
  expect(changed.status).toBe(200);
  await application.post('/oauth/v2/revoke', { token: String(body.refresh_token) });
  await nothingMore(0);
});
