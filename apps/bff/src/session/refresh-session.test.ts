import type { IncomingMessage, ServerResponse } from 'node:http';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type BffProcess, startBffProcess } from '../testing/bff-process.ts';
import { type Browser, createBrowser, fromOurPage, navigation } from '../testing/browser.ts';
import { getSession, signIn } from '../testing/sign-in.ts';
import { startTestBff, type TestBff } from '../testing/start-test-bff.ts';

let bff: TestBff;
let browser: Browser;
let revoked: string[];

beforeAll(async () => {
  bff = await startTestBff({ environment: { LATCHKEY_MAX_SESSIONS: '100' } });
});
afterAll(() => bff.stop());
beforeEach(async () => {
  bff.rig.interrupt = undefined;
  bff.rig.issued.clear();
  browser = createBrowser();
  revoked = [];
  await signIn(browser, bff.publicUrl);
});

/** Answers chosen requests in place of the provider, which hears of revocations, but only notes them. */
function interrupt(paths: Readonly<Record<string, (res: ServerResponse) => void>>): void {
  bff.rig.interrupt = (req, res, path) => {
    if (path === '/token/revocation') {
      note(req, res);
      return true;
    }
    paths[path]?.(res);
    return path in paths;
  };
}

/** oidc-provider would revoke the successors of a token with it, ZITADEL does not. */
function note(req: IncomingMessage, res: ServerResponse): void {
  req.on('data', (chunk) => revoked.push(new URLSearchParams(String(chunk)).get('token') ?? ''));
  req.on('end', () => res.end());
}

function answer(res: ServerResponse, status: number, body: unknown): void {
  res.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

function callApi(url = bff.publicUrl): Promise<{ status: number }> {
  return browser.request(`${url}/bff/api/users`, { headers: fromOurPage });
}
const asked = (path: string) => bff.rig.requests.filter(({ endpoint }) => endpoint === path).length;

async function liveRefreshTokens(): Promise<string[]> {
  const live: string[] = [];
  for (const token of bff.rig.issued) if (await bff.rig.isRefreshTokenLive(token)) live.push(token);
  return live;
}

describe('a refresh whose account', () => {
  it('is refused by the user information leaves no token alive', async () => {
    bff.rig.killAccessTokens();
    interrupt({ '/me': (res) => answer(res, 401, { error: 'invalid_token' }) });
    expect((await callApi()).status).toBe(401);
    const live = await liveRefreshTokens();
    expect(live).toHaveLength(1);
    expect(revoked).toEqual(live);
    expect((await getSession(browser, bff.publicUrl)).status).toBe(401);
  });

  it('is locked revokes the token that would work again after the unlock', async () => {
    bff.rig.killAccessTokens();
    const live = await liveRefreshTokens();
    interrupt({
      '/token': (res) => answer(res, 400, { error: 'invalid_request', error_description: 'Errors.User.NotActive' }),
    });
    expect((await callApi()).status).toBe(401);
    expect(live).toHaveLength(1);
    expect(revoked).toEqual(live);
  });

  it('has another name by now tells it', async () => {
    bff.rig.killAccessTokens();
    interrupt({ '/me': (res) => answer(res, 200, { sub: 'alice', name: 'Alice New', preferred_username: 'new@rig' }) });
    expect((await callApi()).status).toBe(200);
    const session = (await getSession(browser, bff.publicUrl)).json();
    expect(session).toMatchObject({ profile: { sub: 'alice', name: 'Alice New', loginName: 'new@rig' } });
    bff.rig.interrupt = undefined;
    bff.rig.killAccessTokens();
    expect((await callApi()).status).toBe(200);
  });
});

describe('of two processes, one that', () => {
  let sibling: BffProcess;
  let tokenRequests: ServerResponse[];

  beforeAll(async () => {
    sibling = await startBffProcess(bff.environment);
  }, 120_000);
  afterAll(() => sibling.stop());
  beforeEach(() => {
    bff.rig.killAccessTokens();
    tokenRequests = [];
    bff.advance(-40_000);
  });
  afterEach(() => bff.advance(40_000));

  it('waits for the user information does not hold the other up', async () => {
    const refreshes = asked('/token');
    let answerProfile: (() => void) | undefined;
    interrupt({
      '/me': (res) => {
        answerProfile = () => answer(res, 503, {});
      },
    });
    const first = callApi();
    await expect.poll(() => answerProfile).toBeDefined();
    expect((await callApi(sibling.url)).status).toBe(200);
    answerProfile?.();
    expect((await first).status).toBe(200);
    expect(asked('/token') - refreshes).toBe(1);
  });

  /** Both ask for new tokens with the same old one: the lease of the first has run out by the clock of the other. */
  async function bothAsk(): Promise<[Promise<{ status: number }>, Promise<{ status: number }>]> {
    interrupt({ '/token': (res) => tokenRequests.push(res) });
    const late = callApi();
    await expect.poll(() => tokenRequests.length, { timeout: 5_000 }).toBe(1);
    const early = callApi(sibling.url);
    await expect.poll(() => tokenRequests.length, { timeout: 5_000 }).toBe(2);
    return [late, early];
  }
  function answerToken(index: number, name: string | undefined): void {
    const res = tokenRequests[index];
    if (!res) throw new Error('nobody asked');
    const tokens = { access_token: `access of ${name}`, refresh_token: `refresh of ${name}`, expires_in: 600 };
    if (name === undefined) answer(res, 400, { error: 'invalid_request' });
    else answer(res, 200, { ...tokens, token_type: 'Bearer' });
  }

  it('is refused when the other has tokens goes on with those', async () => {
    const [late, early] = await bothAsk();
    answerToken(1, 'early');
    expect((await early).status).toBe(200);
    answerToken(0, undefined);
    expect((await late).status).toBe(200);
    expect((await getSession(browser, bff.publicUrl)).status).toBe(200);
    expect(revoked).toEqual([]);
  });

  it('gets tokens after the other revokes them and goes on with those of the other', async () => {
    const [late, early] = await bothAsk();
    answerToken(1, 'early');
    expect((await early).status).toBe(200);
    answerToken(0, 'late');
    expect((await late).status).toBe(200);
    expect(revoked).toEqual(['refresh of late']);
    expect((await getSession(browser, bff.publicUrl)).status).toBe(200);
  });

  it('gets tokens after its lease has run out still keeps them, and the other, refused, uses them', async () => {
    const [late, early] = await bothAsk();
    answerToken(0, 'late');
    expect((await late).status).toBe(200);
    answerToken(1, undefined);
    expect((await early).status).toBe(200);
    expect(revoked).toEqual([]);
    expect((await getSession(browser, bff.publicUrl)).status).toBe(200);
  });
});

it('a sign-out while the user information is awaited revokes the newest token', async () => {
  bff.rig.killAccessTokens();
  let answerProfile: (() => void) | undefined;
  interrupt({
    '/me': (res) => {
      answerProfile = () => answer(res, 503, {});
    },
  });
  const call = callApi();
  await expect.poll(() => answerProfile).toBeDefined();
  const live = await liveRefreshTokens();
  await browser.request(`${bff.publicUrl}/bff/oidc/logout`, { headers: navigation });
  answerProfile?.();
  await call;
  expect(live).toHaveLength(1);
  expect(revoked).toEqual(live);
});
