import { request } from 'node:http';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startFaultProxy } from '../testing/fault-proxy.ts';
import { openTestAudit, type TestAudit } from '../testing/open-test-audit.ts';
import { type ServedRoutes, serveRoutes } from '../testing/serve-routes.ts';
import { userSessionRoutes } from '../user-sessions/session-routes.ts';
import { userRoutes } from '../users/user-routes.ts';
import { createZitadel } from '../zitadel/client.ts';
import { factorRoutes } from './factor-routes.ts';

// What arrives here is written byte by byte: a client like fetch would clean dot segments before they leave.

let proxy: Awaited<ReturnType<typeof startFaultProxy>>;
let kept: TestAudit;
let bff: ServedRoutes;

beforeAll(async () => {
  // Behind it is nothing: every call to ZITADEL is only seen, and answered so that a removal goes all the way.
  proxy = await startFaultProxy('http://127.0.0.1:9');
  const body = JSON.stringify({ user: { userId: '1', details: { resourceOwner: 'org1' }, human: {} } });
  proxy.fail(/./, { kind: 'answer', status: 200, body }, { times: Number.MAX_SAFE_INTEGER });
  kept = await openTestAudit();
  const options = { ...kept, zitadel: createZitadel({ apiUrl: proxy.origin }) };
  bff = await serveRoutes(
    userRoutes(options),
    factorRoutes({ ...options, removalApi: 'auto', recoveryCodesAtSignIn: false }),
    userSessionRoutes(options),
  );
});
afterAll(async () => {
  await bff?.close();
  await proxy?.close();
  await kept?.close();
});

function send(method: string, path: string): Promise<number> {
  const { hostname, port } = new URL(bff.origin);
  const body = method === 'GET' ? '' : '{"reason":"fuzz"}';
  const headers = {
    'content-type': 'application/json',
    'content-length': body.length,
    'x-test-as': '{"userId":"agent","token":"t"}',
  };
  return new Promise((resolve, reject) => {
    const sent = request({ hostname, port, method, path, headers }, (answer) => {
      answer.resume();
      resolve(answer.statusCode ?? 0);
    });
    sent.once('error', reject);
    sent.end(body);
  });
}

/** The only addresses at ZITADEL that these routes may ever ask for: one id, at one place. */
const id = '(?!\\.{1,2}[/?]|\\.{1,2}$)[A-Za-z0-9][A-Za-z0-9._~@%+-]*';
const lawful = [
  `GET /v2/users/${id}`,
  `POST /v2/users/${id}/(authentication_factors|passkeys)/_search(\\?states=[A-Z_]+&states=[A-Z_]+)?`,
  `GET /v2/users/${id}/authentication_methods`,
  `DELETE /v2/users/${id}/(totp|otp_sms|otp_email|recovery_codes|(u2f|passkeys)/${id})`,
  `POST /management/v1/users/${id}/(memberships|changes)/_search`,
  'GET /management/v1/policies/login',
  'POST /v2/(organizations/_search|sessions/search)',
  'POST /zitadel\\.internal_permission\\.v2beta\\.InternalPermissionService/ListAdministrators',
  'POST /auth/v1/(permissions/zitadel|memberships)/me/_search',
].map((line) => new RegExp(`^${line}$`));

const tricky = [
  '..',
  '.',
  '%2e%2e',
  '%2E.',
  '..%2f',
  '%2f',
  '%5c',
  '\\',
  '%00',
  '%0d%0aX:1',
  ';',
  '%3f',
  '%23',
  '//',
  'é',
  '%C3%A9',
  '%',
  '%zz',
];
const plain = ['1', 'abc', 'a.b', '-', '_', '~', '@', '+', ' '.trim(), 'x'.repeat(201)];
const kind = fc.oneof(
  { weight: 1, arbitrary: fc.constantFrom('totp', 'otpSms', 'otpEmail', 'recoveryCodes') },
  fc.constantFrom(...tricky),
);
const segment = fc
  .array(fc.constantFrom(...tricky, ...plain), { minLength: 1, maxLength: 4 })
  .map((parts) => parts.join('').replaceAll('é', '%C3%A9') || 'a');

it('whatever an id is written like, ZITADEL is asked for that id or for nothing', async () => {
  let removals = 0;
  const path = fc.oneof(
    segment.map((user) => ['GET', `/bff/api/users/${user}`]),
    segment.map((user) => ['GET', `/bff/api/users/${user}/factors`]),
    fc.tuple(segment, kind).map(([user, kind]) => ['DELETE', `/bff/api/users/${user}/factors/${kind}`]),
    fc.tuple(segment, segment).map(([user, key]) => ['DELETE', `/bff/api/users/${user}/factors/u2f/${key}`]),
    fc.tuple(segment, segment).map(([user, session]) => ['DELETE', `/bff/api/users/${user}/sessions/${session}`]),
  );
  // What chance may not draw is asked for every time: lawful removals, so that silence cannot pass for safety.
  const lawfulRemovals = [
    ['DELETE', '/bff/api/users/abc/factors/totp'],
    ['DELETE', '/bff/api/users/a.b/factors/u2f/abc'],
    ['DELETE', '/bff/api/users/1/sessions/abc'],
  ];
  await fc.assert(
    fc.asyncProperty(path, async ([method = '', target = '']) => {
      proxy.seen.splice(0);
      const status = await send(method, target);
      expect([200, 400, 404]).toContain(status);
      removals += proxy.seen.filter((line) => line.startsWith('DELETE ')).length;
      expect(proxy.seen.filter((line) => !lawful.some((pattern) => pattern.test(line)))).toEqual([]);
    }),
    { numRuns: 400, examples: lawfulRemovals.map((example) => [example]) },
  );
  expect(removals, 'some of what was tried was lawful and went all the way').toBeGreaterThan(0);
});
