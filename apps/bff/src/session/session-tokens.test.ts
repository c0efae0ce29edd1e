import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startBffProcess } from '../testing/bff-process.ts';
import { type Browser, createBrowser, fromOurPage, navigation } from '../testing/browser.ts';
import { getSession, signIn } from '../testing/sign-in.ts';
import { startTestBff, type TestBff } from '../testing/start-test-bff.ts';

let bff: TestBff;
let browser: Browser;

beforeEach(async () => {
  browser = createBrowser();
});
afterEach(() => bff.stop());

const tokenRequests = () => bff.rig.requests.filter(({ endpoint }) => endpoint === '/token').length;
let counted = 0;
const refreshes = () => tokenRequests() - counted;
const countFromHere = () => {
  counted = tokenRequests();
};

/** Signs in; refreshes are counted from here. */
async function begin(): Promise<void> {
  await signIn(browser, bff.publicUrl);
  countFromHere();
}

/** A call to the API of ZITADEL; the provider stands in for it and tells whose token came along. */
function callApi(url = bff.publicUrl): Promise<{ status: number }> {
  return browser.request(`${url}/bff/api/users`, { headers: fromOurPage });
}

describe('the access token', () => {
  it('is refreshed once for many calls at once', async () => {
    bff = await startTestBff();
    await begin();
    bff.advance(9.5 * 60_000);
    const answers = await Promise.all(Array.from({ length: 8 }, () => callApi()));
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 8 }, () => 200));
    expect(refreshes()).toBe(1);
    expect((await getSession(browser, bff.publicUrl)).status).toBe(200);
  });

  it('is not refreshed while it is good', async () => {
    bff = await startTestBff();
    await begin();
    await callApi();
    expect(refreshes()).toBe(0);
  });

  it('is replaced when ZITADEL refuses it, once, by one of two processes', async () => {
    bff = await startTestBff();
    await begin();
    const sibling = await startBffProcess(bff.environment);
    countFromHere();
    bff.rig.killAccessTokens();
    const calls = [bff.publicUrl, sibling.url].flatMap((url) => Array.from({ length: 5 }, () => callApi(url)));
    const statuses = (await Promise.all(calls)).map(({ status }) => status);
    await sibling.stop();
    expect(statuses).toEqual(Array.from({ length: 10 }, () => 200));
    expect(refreshes()).toBe(1);
  }, 120_000);

  it('that is refused even when new ends the session, here and at ZITADEL, after one refresh', async () => {
    bff = await startTestBff();
    await begin();
    refuseCalls();
    const from = bff.rig.requests.length;
    expect((await callApi()).status).toBe(401);
    expect(refreshes()).toBe(1);
    const asked = bff.rig.requests.slice(from).map(({ endpoint }) => endpoint);
    expect(asked).toEqual(expect.arrayContaining(['/token/revocation', '/session/end']));
    for (const token of bff.rig.issued) expect(await bff.rig.isRefreshTokenLive(token)).toBe(false);
    expect((await getSession(browser, bff.publicUrl)).status).toBe(401);
  });

  it('that is refused while no other one can be had does not end the session', async () => {
    bff = await startTestBff();
    await begin();
    bff.rig.killAccessTokens();
    answerToken(503, { error: 'server_error' });
    expect((await callApi()).status).toBe(503);
    bff.rig.interrupt = undefined;
    expect((await getSession(browser, bff.publicUrl)).status).toBe(200);
    expect((await callApi()).status).toBe(200);
  });
});

describe('a refresh', () => {
  it.each(['invalid_grant', 'invalid_request', 'access_denied'])('refused with %s ends the session', async (error) => {
    bff = await startTestBff();
    await begin();
    bff.rig.killAccessTokens();
    answerToken(400, { error });
    expect((await callApi()).status).toBe(401);
    expect((await getSession(browser, bff.publicUrl)).status).toBe(401);
  });

  it.each([
    [503, { error: 'server_error' }],
    [429, { error: 'slow_down' }],
    [400, { error: 'invalid_client' }],
  ])('answered with %s %o does not end the session', async (status, body) => {
    bff = await startTestBff({ accessTokenLifetime: 1 });
    await begin();
    bff.advance(2000);
    answerToken(status, body);
    expect((await callApi()).status).toBeGreaterThanOrEqual(500);
    bff.rig.interrupt = undefined;
    expect((await getSession(browser, bff.publicUrl)).status).toBe(200);
    await callApi();
    expect(refreshes()).toBe(2);
  });

  it('that nobody finished is taken over, and costs at most a sign-in', async () => {
    bff = await startTestBff();
    await begin();
    bff.rig.killAccessTokens();
    const sibling = await startBffProcess(bff.environment);
    countFromHere();
    bff.rig.interrupt = (_req, _res, path) => path === '/token';
    const lost = callApi(sibling.url).catch(() => undefined);
    await bff.rig.waitFor('/token', counted + 1);
    await sibling.kill();
    await lost;
    bff.rig.interrupt = undefined;
    bff.advance(31_000);
    expect((await getSession(browser, bff.publicUrl)).status).toBe(200);
    await callApi();
    expect(refreshes()).toBe(2);
  }, 120_000);

  it('that a sign-out overtakes leaves no token alive', async () => {
    bff = await startTestBff();
    await begin();
    const before = new Set(bff.rig.issued);
    bff.advance(9.5 * 60_000);
    let answerRefresh: (() => void) | undefined;
    const revoked: string[] = [];
    bff.rig.interrupt = (req, res, path) => {
      if (path === '/token') {
        const end = res.end.bind(res);
        // Executed, and answered when the sign-out is over.
        res.end = ((...given: Parameters<typeof end>) => {
          answerRefresh = () => void end(...given);
          return res;
        }) as typeof res.end;
        return false;
      }
      // Counted, not done: oidc-provider would revoke the successors of a token with it, ZITADEL does not.
      if (path === '/token/revocation') {
        req.on('data', (chunk) => revoked.push(new URLSearchParams(String(chunk)).get('token') ?? ''));
        req.on('end', () => res.end());
      } else return false;
      return true;
    };
    const call = callApi();
    await expect.poll(() => answerRefresh).toBeDefined();
    await browser.request(`${bff.publicUrl}/bff/oidc/logout`, { headers: navigation });
    answerRefresh?.();
    expect((await call).status).toBe(401);
    const live: string[] = [];
    for (const token of bff.rig.issued) if (await bff.rig.isRefreshTokenLive(token)) live.push(token);
    expect(live.filter((token) => !before.has(token))).toHaveLength(1);
    expect(revoked).toEqual(expect.arrayContaining(live));
  });

  it('for somebody else ends the session', async () => {
    bff = await startTestBff();
    await begin();
    bff.rig.killAccessTokens();
    answerToken(200, { access_token: 'x', token_type: 'Bearer', expires_in: 60, id_token: 'e30.e30.x' });
    expect((await callApi()).status).toBe(401);
  });
});

function answerToken(status: number, body: unknown): void {
  bff.rig.interrupt = (_req, res, path) => {
    if (path !== '/token') return false;
    res.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    return true;
  };
}

/** The API refuses every token, whatever the token endpoint hands out. */
function refuseCalls(): void {
  bff.rig.interrupt = (_req, res, path) => {
    if (!path.startsWith('/v2/users')) return false;
    res.writeHead(401, { 'content-type': 'application/json' }).end('{"code":16,"message":"no"}');
    return true;
  };
}
