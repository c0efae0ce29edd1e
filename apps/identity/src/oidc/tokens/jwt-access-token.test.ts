import { createRemoteJWKSet, jwtVerify } from 'jose';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { callApi } from '../../testing/api.ts';
import { createBrowser } from '../../testing/browser.ts';
import { addPerson, codeOf, signInFully } from '../../testing/person.ts';
import { setPolicy } from '../../testing/policy.ts';
import { addRelyingParty, addTestProject, type RelyingParty } from '../../testing/relying-party.ts';
import { type RunningServer, startServer } from '../../testing/running-server.ts';
import { signInTo } from '../../testing/signed-in.ts';

let server: RunningServer;
beforeAll(async () => {
  server = await startServer();
  await setPolicy(server);
});
afterAll(() => server.stop());

test('an application may have access tokens that can be read, and they end like the others', async () => {
  const application = await addRelyingParty(server, await addTestProject(server), 'basic', { accessTokenType: 1 });
  const person = await addPerson(server);
  const url = await signInFully(createBrowser(server.origin), application.authorizeUrl(), person);
  const { body } = await application.exchange(codeOf(url));
  const token = String(body.access_token);
  const keys = createRemoteJWKSet(new URL(`${server.origin}/oauth/v2/keys`));
  const { payload, protectedHeader } = await jwtVerify(token, keys, { issuer: server.origin });
  expect(protectedHeader).toMatchObject({ alg: 'RS256', typ: 'JWT' });
  expect(Object.keys(payload).sort()).toEqual('aud client_id exp iat iss jti nbf sub'.split(' '));
  expect(payload).toMatchObject({ sub: person.userId, client_id: application.clientId });
  expect((await callApi(server, 'GET', '/auth/v1/users/me', { token })).status).toBe(200);
  const told = await application.post('/oauth/v2/introspect', { token });
  expect(told.body).toMatchObject({ active: true, jti: payload.jti });
  // Also within the same second.
  const next = await application.refresh(body.refresh_token);
  expect(next.body.access_token).not.toBe(token);
  expect((await application.post('/oauth/v2/introspect', { token })).body).toEqual({ active: false });
  expect((await callApi(server, 'GET', '/auth/v1/users/me', { token })).status).toBe(401);
});

test('they are introspected and revoked by whoever may; ID tokens by nobody', async () => {
  const projectId = await addTestProject(server);
  const application = await addRelyingParty(server, projectId, 'basic', { accessTokenType: 1 });
  const open = await addRelyingParty(server, projectId, 'none');
  const stranger = await addRelyingParty(server, await addTestProject(server), 'basic');
  const { accessToken: token, idToken } = await signInTo(server, application);
  const introspect = async (asking: RelyingParty, form: Record<string, string> = {}) =>
    (await asking.post('/oauth/v2/introspect', { token, ...form })).body;
  const revoke = async (asking: RelyingParty, form: Record<string, string> = {}) =>
    (await asking.post('/oauth/v2/revoke', { token, ...form })).status;

  expect(await introspect(stranger)).toEqual({ active: false });
  expect(await introspect(application, { token: idToken })).toEqual({ active: false });
  expect(await introspect(open)).toMatchObject({ error_description: 'client must be authenticated' });
  expect(await introspect(application, { client_secret: 'wrong' })).toMatchObject({ error: 'invalid_client' });
  expect(await revoke(stranger)).toBe(200);
  expect(await revoke(application, { token: idToken })).toBe(200);
  expect(await revoke(application, { client_secret: 'wrong' })).toBe(400);
  expect(await introspect(application)).toMatchObject({ active: true });
  expect(await revoke(application)).toBe(200);
  expect(await introspect(application)).toEqual({ active: false });
});
