import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Problem } from '../http/problem.ts';
import { asCaller } from './caller.ts';
import { createZitadel, type Zitadel } from './client.ts';
import { needFor } from './permission.ts';
import { isMissingRoute, isNotFound, mayHaveHappened, toProblem } from './to-problem.ts';

let server: Server;
let zitadel: Zitadel;
let answer: RequestListener;
let requests: string[] = [];
const tokens: string[] = [];
const caller = asCaller(
  {
    current: () => Promise.resolve('first'),
    replace: (rejected) => {
      tokens.push(rejected);
      return tokens.length > 1 ? Promise.reject(new Problem('session_expired')) : Promise.resolve('second');
    },
  },
  'request-1',
);

beforeAll(async () => {
  server = createServer((req, res) => {
    requests.push(`${req.method} ${req.url} ${req.headers.authorization}`);
    answer(req, res);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const apiUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  zitadel = createZitadel({ apiUrl, totalTimeoutMs: 300 });
});
afterAll(() => {
  server.close();
  server.closeAllConnections();
});

const says =
  (status: number, body: unknown, type = 'application/json'): RequestListener =>
  (_req, res) => {
    res.writeHead(status, { 'content-type': type });
    res.end(typeof body === 'string' ? body : JSON.stringify(body));
  };

async function failure(listener: RequestListener, act: () => Promise<unknown>): Promise<unknown> {
  answer = listener;
  requests = [];
  tokens.length = 0;
  return await act().then(
    () => expect.unreachable('the call did not fail'),
    (error: unknown) => error,
  );
}
const read = () => zitadel.users.getUserByID({ userId: '1' }, caller);
const remove = () => zitadel.users.removeOTPEmail({ userId: '1' }, caller);

/** Answers as ZITADEL words them (zitadel.md 1.3, 2, 3), and what the page is told. */
const answers: readonly [string, RequestListener, Problem['code']][] = [
  [
    'a field it does not take',
    says(400, { code: 3, message: 'invalid RemoveOTPEmailRequest.UserId: …' }),
    'invalid_input',
  ],
  ['no such user', says(404, { code: 5, message: 'User could not be found (QUERY-Dfbg2)' }), 'not_found'],
  ['no membership', says(404, { code: 5, message: 'membership not found (AUTHZ-cdgFk)' }), 'not_permitted'],
  ['no permission', says(403, { code: 7, message: 'No matching permissions found (AUTH-AWfge)' }), 'not_permitted'],
  ['no second factor', says(403, { code: 7, message: 'mfa required (AUTHZ-Kl3p0)' }), 'step_up_required'],
  ['no check at all', says(403, { code: 7, message: 'authentication required (AUTHZ-Kl3p0)' }), 'step_up_required'],
  ['a state against it', says(400, { code: 9, message: 'User is locked (COMMAND-d9u8q)' }), 'precondition_failed'],
  ['already there', says(409, { code: 6, message: 'Errors.Instance.MFA.AlreadyExists (INSTANCE-2B0ps)' }), 'conflict'],
  ['a lost race', says(409, { code: 10, message: 'aborted' }), 'conflict'],
  ['a quota', says(429, { code: 8, message: 'Quota.Access.Exhausted (QUOTA-vjAy8)' }), 'rate_limited'],
  ['a token twice refused', says(401, { code: 16, message: 'Errors.Token.Invalid (AUTH-7fs1e)' }), 'session_expired'],
  ['a fault of its own', says(500, { code: 13, message: 'db connection error ()' }), 'upstream_error'],
  ['an unknown error', says(500, { code: 2, message: 'oops ()' }), 'upstream_error'],
  ['not now', says(503, { code: 14, message: 'connection refused' }), 'upstream_unavailable'],
  ['too late', says(504, { code: 4, message: 'deadline exceeded' }), 'upstream_timeout'],
  ['an unknown method', says(501, { code: 12, message: 'Method Not Allowed' }), 'upstream_error'],
  ["a proxy's page", says(502, '<h1>Bad Gateway</h1>', 'text/html'), 'upstream_error'],
  ['a redirect', says(302, ''), 'upstream_error'],
  ['JSON of something else', says(200, '[1,2,3]'), 'upstream_error'],
  ['half of JSON', says(200, '{"user":'), 'upstream_error'],
  ['silence', () => {}, 'upstream_timeout'],
  ['a reset', (req) => req.socket.destroy(), 'upstream_error'],
];

describe('what ZITADEL answers, and the problem it becomes', () => {
  it.each(answers)('%s, to a read', async (_what, listener, code) => {
    expect(toProblem(await failure(listener, read)).code).toBe(code);
  });
  it.each(answers)('%s, to a removal', async (_what, listener, code) => {
    const error = await failure(listener, remove);
    expect(toProblem(error).code).toBe(code);
    const attempts = code === 'session_expired' ? 2 : 1;
    expect(requests, 'a removal is tried once, and again only with another token').toHaveLength(attempts);
  });

  it('names the permission, the organisation and a role', async () => {
    const error = await failure(says(403, { code: 7, message: 'No matching permissions found (AUTH-AWfge)' }), read);
    expect(toProblem(error, needFor('user.write', 'org1')).details).toEqual({
      permission: 'user.write',
      role: 'ORG_USER_MANAGER',
      organisationId: 'org1',
    });
  });

  it('never shows what ZITADEL said', async () => {
    const secret = 'Errors.Internal.Something (ABC-123)';
    const problem = toProblem(await failure(says(500, { code: 13, message: secret }), read));
    expect(JSON.stringify(problem.toDocument('r'))).not.toContain('Errors.');
    expect(String(problem.cause)).toContain(secret);
  });
});

describe('whether a removal may have happened', () => {
  const may = ['a fault of its own', 'an unknown error', 'not now', 'too late', 'a redirect', 'silence', 'a reset'];
  const mayToo = ["a proxy's page", 'JSON of something else', 'half of JSON'];
  it.each(answers)('%s', async (what, listener) => {
    expect(mayHaveHappened(await failure(listener, remove))).toBe([...may, ...mayToo].includes(what));
  });
  it('not when nobody is there', async () => {
    const nobody = createZitadel({ apiUrl: 'http://127.0.0.1:9' });
    const error = await failure(answer, () => nobody.users.removeOTPEmail({ userId: '1' }, caller));
    expect(mayHaveHappened(error)).toBe(false);
    expect(toProblem(error).code).toBe('upstream_unavailable');
  });
});

describe('tries', () => {
  it('a read up to three times when something on the way fails', async () => {
    await failure(says(503, { code: 14, message: 'no' }), read);
    expect(requests).toHaveLength(3);
  });
  it('a read once when the answer is one', async () => {
    await failure(says(404, { code: 5, message: 'User could not be found (QUERY-Dfbg2)' }), read);
    expect(requests).toHaveLength(1);
  });
  it('a refused token once more with another, a removal too', async () => {
    const ok = says(200, { details: {} });
    answer = (req, res) =>
      (req.headers.authorization === 'Bearer second' ? ok : says(401, { code: 16, message: 'x' }))(req, res);
    requests = [];
    tokens.length = 0;
    await remove();
    expect(requests).toEqual([
      'DELETE /v2/users/1/otp_email Bearer first',
      'DELETE /v2/users/1/otp_email Bearer second',
    ]);
  });
});

describe('a 404', () => {
  const kinds: readonly [string, RequestListener, string][] = [
    [
      'of a thing',
      says(404, { code: 5, message: "Multifactor OTP (OneTimePassword) doesn't exist (COMMAND-b312D)" }),
      'thing',
    ],
    ['of a route', says(404, { code: 5, message: 'Not Found' }), 'route'],
    ["of a proxy's route", says(404, '404 page not found', 'text/plain'), 'route'],
    ['of a verb', says(405, { code: 12, message: 'Method Not Allowed' }), 'route'],
    ['of a membership', says(404, { code: 5, message: 'membership not found (AUTHZ-cdgFk)' }), 'neither'],
  ];
  it.each(kinds)('%s', async (_what, listener, kind) => {
    const error = await failure(listener, remove);
    expect({ thing: isNotFound(error), route: isMissingRoute(error) }).toEqual({
      thing: kind === 'thing',
      route: kind === 'route',
    });
  });
});
