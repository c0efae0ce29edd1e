import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { spaHeader } from '@latchkey/contract/paths';
import { ErrorResponse, InMemoryWebStorage, UserManager, WebStorageStateStore } from 'oidc-client-ts';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { oidcSettings } from './oidc-settings.ts';

// What the page and the facade take for granted of oidc-client-ts, of the exact version that is installed: the library
// itself, with the page's settings, against a server that answers what a test tells it to.

/** What came to the server. */
interface Asked {
  readonly call: string;
  readonly headers: IncomingMessage['headers'];
  readonly form: Record<string, string>;
}

let server: Server;
let origin: string;
let asked: Asked[] = [];
let tokenAnswer: { readonly status: number; readonly body: object };
let wentTo: URL[] = [];
let stateStorage: InMemoryWebStorage;
let userStorage: InMemoryWebStorage;
let manager: UserManager;

const handle = 'the-handle-that-is-not-a-token';
const accepted = { access_token: handle, token_type: 'Bearer', expires_in: 3_600, scope: 'console' };
const profile = { sub: '42', name: 'Ada Keller', auth_time: 1_700_000_000, amr: ['pwd', 'otp'], nonce: 'n' };

beforeAll(async () => {
  server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    const call = `${request.method} ${request.url}`;
    asked.push({ call, headers: request.headers, form: Object.fromEntries(new URLSearchParams(body)) });
    const isUserinfo = request.url === '/bff/oidc/userinfo';
    response.writeHead(isUserinfo ? 200 : tokenAnswer.status, { 'content-type': 'application/json' });
    response.end(JSON.stringify(isUserinfo ? profile : tokenAnswer.body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => server.close());

beforeEach(() => {
  asked = [];
  wentTo = [];
  tokenAnswer = { status: 200, body: accepted };
  stateStorage = new InMemoryWebStorage();
  userStorage = new InMemoryWebStorage();
  const settings = {
    ...oidcSettings(origin),
    stateStore: new WebStorageStateStore({ store: stateStorage }),
    userStore: new WebStorageStateStore({ store: userStorage }),
  };
  // In place of the address bar.
  const navigate = async ({ url }: { url: string }) => {
    wentTo.push(new URL(url));
    return { url };
  };
  const navigator = { prepare: async () => ({ navigate, close: () => {} }), callback: async () => {} };
  manager = new UserManager(settings, navigator);
});
// Its timers would outlive the test.
afterEach(() => manager.removeUser());

/** Begins a sign-in. @returns the query the browser would leave with */
async function begin(): Promise<URLSearchParams> {
  await manager.signinRedirect({ state: { returnTo: '/users' } });
  return wentTo.at(-1)?.searchParams ?? new URLSearchParams();
}

async function comeBack(): Promise<Awaited<ReturnType<UserManager['signinRedirectCallback']>>> {
  const state = (await begin()).get('state') ?? '';
  return manager.signinRedirectCallback(`${origin}/callback?code=a-code&state=${state}`);
}

const keysOf = (storage: Storage) => Array.from({ length: storage.length }, (_, index) => storage.key(index));

it('is the version that was read', () => {
  const manifest = (path: string) => JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8'));
  expect(manifest('../../package.json').dependencies['oidc-client-ts']).toBe('3.5.0');
  expect(manifest('../../../../node_modules/oidc-client-ts/package.json').version).toBe('3.5.0');
});

describe('leaving', () => {
  it('takes along a challenge and a state, no nonce, and asks nobody before', async () => {
    const query = Object.fromEntries(await begin());
    expect(query).toEqual({
      client_id: 'console-spa',
      redirect_uri: `${origin}/callback`,
      response_type: 'code',
      response_mode: 'query',
      scope: 'console',
      state: expect.stringMatching(/^[0-9a-f]{32}$/),
      code_challenge: expect.stringMatching(/^[\w-]{43}$/),
      code_challenge_method: 'S256',
    });
    expect(asked).toEqual([]);
  });

  it('keeps what it needs on the way back under one key, and nothing that would sign in alone', async () => {
    const state = (await begin()).get('state');
    expect([keysOf(stateStorage), keysOf(userStorage)]).toEqual([[`oidc.${state}`], []]);
    const kept = JSON.parse(stateStorage.getItem(`oidc.${state}`) ?? '{}');
    expect(kept.code_verifier).toMatch(/^[0-9a-f]{96}$/);
    expect(kept).not.toHaveProperty('client_secret');
  });

  it('signs out with its client id, and without an ID token in the address', async () => {
    await comeBack();
    await manager.signoutRedirect();
    const leaving = wentTo.at(-1);
    expect([leaving?.pathname, Object.fromEntries(leaving?.searchParams ?? [])]).toEqual([
      '/bff/oidc/logout',
      { client_id: 'console-spa', post_logout_redirect_uri: `${origin}/signed-out` },
    ]);
    expect([...keysOf(stateStorage), ...keysOf(userStorage)]).toEqual([]);
  });
});

describe('coming back', () => {
  it('posts exactly this to the token endpoint', async () => {
    await comeBack();
    const [exchange] = asked;
    expect(exchange?.call).toBe('POST /bff/oidc/token');
    expect(exchange?.form).toEqual({
      grant_type: 'authorization_code',
      client_id: 'console-spa',
      redirect_uri: `${origin}/callback`,
      code: 'a-code',
      code_verifier: expect.stringMatching(/^[0-9a-f]{96}$/),
    });
    expect(exchange?.headers).toMatchObject({
      accept: 'application/json',
      'content-type': 'application/x-www-form-urlencoded',
      [spaHeader.toLowerCase()]: '1',
    });
    expect(exchange?.headers.authorization).toBeUndefined();
  });

  it('takes an answer without an ID token, and the profile from userinfo, whole', async () => {
    const user = await comeBack();
    expect(asked.map(({ call }) => call)).toEqual(['POST /bff/oidc/token', 'GET /bff/oidc/userinfo']);
    expect(asked[1]?.headers.authorization).toBe(`Bearer ${handle}`);
    expect([user.id_token, user.profile, user.state]).toEqual([undefined, profile, { returnTo: '/users' }]);
    // The state is gone with its use; what it yielded is where it was told to be.
    expect([keysOf(stateStorage), keysOf(userStorage)]).toEqual([[], [`oidc.user:${origin}/bff/oidc:console-spa`]]);
  });

  it.each([
    ['the scope holds openid', { ...accepted, scope: 'console openid' }],
    ['there is an ID token that is none', { ...accepted, id_token: 'x' }],
  ])('refuses an answer where %s', async (_case, body) => {
    tokenAnswer = { status: 200, body };
    await expect(comeBack()).rejects.toThrow();
    expect(keysOf(userStorage)).toEqual([]);
  });

  it('verifies nothing of an ID token: that is done before it, or not at all', async () => {
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const claims = { iss: 'https://elsewhere.example', aud: 'somebody-else', sub: '42', exp: 1 };
    const forged = `${part({ alg: 'none' })}.${part(claims)}.`;
    tokenAnswer = { status: 200, body: { ...accepted, id_token: forged, scope: 'openid' } };
    expect((await comeBack()).profile.sub).toBe('42');
    expect(asked.map(({ call }) => call)).toEqual(['POST /bff/oidc/token', 'GET /bff/oidc/userinfo']);
  });

  it('passes on the error of the token endpoint', async () => {
    tokenAnswer = { status: 400, body: { error: 'invalid_grant', error_description: 'used' } };
    const error = await comeBack().catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(ErrorResponse);
    expect(error).toMatchObject({ error: 'invalid_grant' });
  });

  it('passes on an error in the address, with the state of its own sign-in', async () => {
    const state = (await begin()).get('state');
    const url = `${origin}/callback?error=access_denied&state=${state}`;
    const error = await manager.signinRedirectCallback(url).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(ErrorResponse);
    expect(error).toMatchObject({ error: 'access_denied', state: { returnTo: '/users' } });
    expect(asked).toEqual([]);
  });

  it('redeems nothing that this tab did not ask for', async () => {
    await expect(
      manager.signinRedirectCallback(`${origin}/callback?code=theirs&state=${'0'.repeat(32)}`),
    ).rejects.toThrow('No matching state');
    expect(asked).toEqual([]);
  });
});
