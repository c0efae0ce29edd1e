import { afterAll, beforeAll, expect, test } from 'vitest';
import { postForm } from '../testing/relying-party.ts';
import { type RunningServer, startServer } from '../testing/running-server.ts';

let server: RunningServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.stop());

test('the keys are two, for RS256, and public', async () => {
  const { keys } = (await (await fetch(`${server.origin}/oauth/v2/keys`)).json()) as {
    keys: Record<string, unknown>[];
  };
  expect(keys.map(({ kty, use, alg }) => ({ kty, use, alg }))).toEqual([
    { kty: 'RSA', use: 'sig', alg: 'RS256' },
    { kty: 'RSA', use: 'sig', alg: 'RS256' },
  ]);
  for (const key of keys) expect(key).not.toHaveProperty('d');
});

test('discovery promises what ZITADEL does, and nothing else', async () => {
  const response = await fetch(`${server.origin}/.well-known/openid-configuration`);
  expect([response.status, response.headers.get('content-type'), response.headers.get('cache-control')]).toEqual([
    200,
    'application/json',
    'no-store',
  ]);
  const document = (await response.json()) as Record<string, unknown>;
  expect(document.issuer).toBe(server.origin);
  expect(document.authorization_endpoint).toBe(`${server.origin}/oauth/v2/authorize`);
  for (const absent of [
    'authorization_response_iss_parameter_supported',
    'pushed_authorization_request_endpoint',
    'dpop_signing_alg_values_supported',
    'frontchannel_logout_supported',
  ]) {
    expect(document).not.toHaveProperty(absent);
  }
});

const userinfo = [
  ['without a token', {}, 'invalid_request', 'access token missing'],
  ['with a token that is none', { authorization: 'Bearer garbage' }, 'access_denied', 'access token invalid'],
] as const;

test.each(userinfo)('user info %s', async (_case, headers, error, description) => {
  const response = await fetch(`${server.origin}/oidc/v1/userinfo`, { headers });
  expect(response.status).toBe(401);
  expect(response.headers.get('www-authenticate')).toBeNull();
  expect(await response.json()).toEqual({ error, error_description: description });
});

const refused = [
  ['/oauth/v2/token', {}, 'invalid_request', 'grant_type missing'],
  [
    '/oauth/v2/token',
    { grant_type: 'authorization_code', code: 'x', client_id: 'nope', redirect_uri: 'http://localhost/x' },
    'invalid_client',
    'no active client not found',
  ],
  ['/oauth/v2/introspect', { token: 'x' }, 'invalid_request', 'client_id or client_assertion must be provided'],
] as const;

test.each(refused)('%s with %j', async (path, form, error, description) => {
  const { status, body, headers } = await postForm(`${server.origin}${path}`, form);
  expect([status, headers.get('content-type'), headers.get('cache-control')]).toEqual([
    400,
    'application/json',
    'no-store',
  ]);
  expect(body).toEqual({ error, error_description: description });
});
