import { createRemoteJWKSet, jwtVerify } from 'jose';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { callApi } from '../../testing/api.ts';
import { createBrowser } from '../../testing/browser.ts';
import { addPerson, codeOf, signInFully } from '../../testing/person.ts';
import { setPolicy } from '../../testing/policy.ts';
import { addRelyingParty, addTestProject } from '../../testing/relying-party.ts';
import { type RunningServer, startServer } from '../../testing/running-server.ts';

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
  await application.post('/oauth/v2/revoke', { token: String(body.refresh_token) });
  expect((await callApi(server, 'GET', '/auth/v1/users/me', { token })).status).toBe(401);
});
