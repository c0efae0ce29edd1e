import {
  apiRoutes,
  backchannelLogoutPath,
  callbackPath,
  notMePath,
  oidcPaths,
  sessionPath,
} from '@latchkey/contract/paths';
import { newestCode } from '@latchkey/test-kit/outbox';
import { expect, test } from './fixtures.ts';
import { makeAdmin, makePerson } from './make-person.ts';
import { callAsPage, callAsStranger, type PageCall } from './page-calls.ts';
import { signInStaff } from './sign-in.ts';
import { callZitadel } from './zitadel-api.ts';

const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

/** Every route of the API, with ids of nobody. */
const everyRoute = Object.values(apiRoutes).map((route) =>
  route.replace(':type', 'totp').replace(':kind', 'totp').replace(':number', '1').replace(/:\w+/g, '404'),
);
const otherPaths = [
  ...['/', '/users', '/users/404', '/assets/none.js', '/favicon.ico', '/%zz', '/healthz', '/readyz'],
  ...['/bff', '/bff/nothing', '/bff/api', '/bff/api/nothing', '/bff/csp-report', sessionPath, callbackPath],
  ...[backchannelLogoutPath, notMePath, ...Object.values(oidcPaths)],
];

/** What else may be said, each where it belongs; no header of any other name is on any answer. */
const passing =
  /^(date|connection|keep-alive|transfer-encoding|content-(type|length|encoding)|cache-control|last-modified|accept-ranges|vary|location|allow|set-cookie|clear-site-data|retry-after|x-request-id)$/;

/** Word for word: what is on each and every answer of a console that is reached over http. */
const expected = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; " +
    "manifest-src 'self'; frame-src 'none'; worker-src 'none'; object-src 'none'; base-uri 'none'; form-action 'none'; " +
    "frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'; report-uri /bff/csp-report",
  'cross-origin-embedder-policy': 'require-corp',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'origin-agent-cluster': '?1',
  'permissions-policy':
    'accelerometer=(), autoplay=(), camera=(), display-capture=(), encrypted-media=(), fullscreen=(), geolocation=(), ' +
    'gyroscope=(), hid=(), idle-detection=(), magnetometer=(), microphone=(), midi=(), payment=(), ' +
    'picture-in-picture=(), publickey-credentials-create=(), publickey-credentials-get=(), screen-wake-lock=(), ' +
    'serial=(), usb=(), xr-spatial-tracking=()',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
};

function check(what: string, answer: Response): void {
  const rest = Object.fromEntries([...answer.headers].filter(([name]) => !passing.test(name)));
  expect({ what, ...rest }).toEqual({ what, ...expected });
  expect([what, answer.headers.get('x-request-id')]).toEqual([what, expect.stringMatching(/^[0-9a-f-]{36}$/)]);
  expect([what, answer.status < 500]).toEqual([what, true]);
  const isPage = answer.ok && /^(GET|HEAD) \/(?!bff|healthz|readyz|assets)/.test(what);
  expect([what, answer.headers.get('cache-control')]).toEqual([what, isPage ? 'no-cache' : 'no-store']);
}

async function askAll(call: PageCall, paths: readonly string[]): Promise<string[]> {
  const lines: string[] = [];
  for (const path of paths) {
    const answers = await Promise.all(
      methods.map((method) => call(method, path, /GET|HEAD/.test(method) ? undefined : {})),
    );
    for (const [index, answer] of answers.entries()) {
      check(`${methods[index]} ${path}`, answer);
      await answer.arrayBuffer();
      lines.push(`${methods[index]} ${path}: ${answer.status}`);
    }
  }
  return lines;
}

test('the headers are on every answer to nobody', async ({ stack }) => {
  const call = callAsStranger(stack.publicUrl);
  const answered = await askAll(call, everyRoute);
  expect(answered.filter((line) => !line.endsWith(': 401'))).toEqual([]);
  expect(answered).toHaveLength(Object.keys(apiRoutes).length * methods.length);
  await askAll(call, otherPaths);
  const page = await (await call('GET', '/')).text();
  const [asset = ''] = /\/assets\/[\w.-]+\.js/.exec(page) ?? [];
  const { headers, status } = await call('GET', asset);
  expect([status, headers.get('cache-control')]).toEqual([200, 'public, max-age=31536000, immutable']);
  const rest = Object.fromEntries([...headers].filter(([name]) => !passing.test(name)));
  expect(rest).toEqual({ ...expected, etag: rest.etag });
});

test('the headers are on every answer to who is signed in, also when a thing is done', async ({
  stack,
  page,
  browser,
}) => {
  test.setTimeout(180_000);
  const open = async () => await (await browser.newContext({ baseURL: stack.publicUrl })).newPage();
  const [elsewhere, other] = [await open(), await open()];
  const me = stack.people.staff('IAM_OWNER');
  await signInStaff(elsewhere, me);
  await signInStaff(other, stack.people.staff('IAM_OWNER', 1));
  await signInStaff(page, me);
  const own = await callAsPage(page, stack.publicUrl);
  const others = await callAsPage(other, stack.publicUrl);

  const done = new Set<string>();
  type Route = keyof typeof apiRoutes;
  type Ids = Record<string, string | number>;
  // biome-ignore lint/suspicious/noExplicitAny: what is looked at here are headers, not what is said.
  const does = async (method: string, route: Route, ids: Ids = {}, body?: object, call = own): Promise<any> => {
    const path = apiRoutes[route].replace(/:(\w+)/g, (_, name: string) => String(ids[name]));
    const answer = await call(method, path, body && { reason: 'Looking at headers', ...body });
    const text = await answer.text();
    expect([route, answer.status, answer.ok ? '' : text]).toEqual([route, 200, '']);
    check(`${method} ${path}`, answer);
    done.add(route);
    return JSON.parse(text);
  };

  const { sessions } = await does('GET', 'ownSessions');
  const { sessionId: mine } = sessions.find(({ current }: { current: boolean }) => !current);
  await does('DELETE', 'ownSession', { sessionId: mine }, {});
  await does('DELETE', 'ownSessions', {}, {});

  const { userId } = await makePerson(stack, 'Headers', ['totp', 'otpEmail', 'otpSms']);
  const about: Route[] = ['user', 'factors', 'userSessions', 'userActivity', 'resetOptions'];
  for (const route of about) await does('GET', route, { userId });
  for (const route of ['users', 'organisations', 'activity', 'loginPolicy', 'policyReach', 'factorChanges'] as const) {
    await does('GET', route);
  }
  await does('DELETE', 'factor', { userId, kind: 'totp' }, {});
  const holder = stack.people.take(['u2f']);
  const { factors } = await does('GET', 'factors', { userId: holder.userId });
  const { id } = factors.find(({ kind }: { kind: string }) => kind === 'u2f');
  await does('DELETE', 'keyFactor', { userId: holder.userId, kind: 'u2f', factorId: id }, {});
  const checks = { user: { userId } };
  const { sessionId } = await callZitadel<{ sessionId: string }>(stack, 'POST', '/v2/sessions', { checks });
  await does('DELETE', 'userSession', { userId, sessionId }, {});
  await does('POST', 'userLock', { userId }, {});
  await does('POST', 'userUnlock', { userId }, {});
  await does('GET', 'reliance', { type: 'otpSms' });
  await does('DELETE', 'secondFactor', { type: 'otpSms' }, {});
  await does('PUT', 'secondFactor', { type: 'otpSms' }, {});

  const { email } = (
    await callZitadel<{ user: { human: { email: { email: string } } } }>(stack, 'GET', `/v2/users/${userId}`)
  ).user.human;
  const { callerCodeId } = await does('POST', 'callerCodes', { userId }, { channel: 'otpEmail' });
  const code = await newestCode(stack.issuer, email.email);
  await does('POST', 'callerCodeCheck', { userId, callerCodeId }, { code });

  const choice = { sessions: 'all', lock: true, keepLocked: false, reenrolment: 'none' };
  const start = async (target: string, remove: object[]) => ({
    userId: target,
    ...(await does(
      'POST',
      'userResets',
      { userId: target },
      { caller: { how: 'callBack' }, choice: { ...choice, remove } },
    )),
  });
  const first = await start(userId, [{ kind: 'otpSms' }, { kind: 'otpEmail' }]);
  await does('GET', 'resets');
  // Somebody else's lock stops it at its own.
  await callZitadel(stack, 'POST', `/v2/users/${userId}/lock`, {});
  await does('POST', 'resetRun', first, {});
  const read = async () => await does('GET', 'reset', first);
  await expect.poll(async () => (await read()).state, { timeout: 20_000 }).toBe('stopped');
  const stopped = (await read()).steps.find(({ state }: { state: string }) => state === 'refused');
  await does('POST', 'resetSkip', { ...first, number: stopped.number }, {});
  await does('POST', 'resetTakeOver', first, {}, others);
  await does('POST', 'resetCancel', first, {}, others);

  const admin = await makePerson(stack, 'Headers of an admin', ['totp']);
  await makeAdmin(stack, admin, 'IAM_OWNER_VIEWER');
  const ask = async () => {
    const reset = await start(admin.userId, [{ kind: 'totp' }]);
    const again = async () => {
      await does('POST', 'resetApproval', reset, {});
      const { approvals } = await does('GET', 'approvals');
      return approvals[0] as { approvalId: string; planHash: string };
    };
    return { reset, again, asked: await again() };
  };
  const refused = await ask();
  await does('POST', 'refuse', refused.asked, {}, others);
  const { reset, again, asked } = await ask();
  await does('POST', 'withdraw', asked, {});
  const approved = await again();
  await does('POST', 'approve', approved, { planHash: approved.planHash }, others);
  await does('POST', 'resetCancel', reset, {});
  expect([...done].sort(), 'every route did what it is for').toEqual(Object.keys(apiRoutes).sort());

  await askAll(own, everyRoute);
  // The last of them signs out.
  await askAll(own, [...otherPaths.filter((path) => path !== oidcPaths.logout), oidcPaths.logout]);
});
