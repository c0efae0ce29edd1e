import { freePort } from '@latchkey/test-kit/free-port';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startBffProcess } from './testing/bff-process.ts';
import { type Browser, createBrowser, createPageSignIn, fromOurPage, navigation } from './testing/browser.ts';
import { signIn } from './testing/sign-in.ts';
import { startTestBff, type TestBff } from './testing/start-test-bff.ts';

let bff: TestBff;
let browser: Browser;
beforeEach(() => {
  browser = createBrowser();
});
afterEach(() => bff.stop());

const start = async (environment: Record<string, string> = {}) => {
  bff = await startTestBff({ environment: { LATCHKEY_RATE_SCALE: '1', ...environment } });
};

async function authorize(headers: Record<string, string> = {}) {
  const { authorizeUrl } = createPageSignIn(bff.publicUrl);
  return createBrowser().request(authorizeUrl, { headers: { ...navigation, ...headers } });
}

function remove(csrf: string, url = bff.publicUrl) {
  return browser.request(`${url}/bff/api/users/1/factors/totp`, {
    method: 'DELETE',
    headers: {
      ...fromOurPage,
      'content-type': 'application/json',
      'x-csrf': csrf,
      'idempotency-key': crypto.randomUUID(),
    },
    body: JSON.stringify({ reason: 'lost phone' }),
  });
}

describe('sign-ins from one address', () => {
  it('are 20 a minute, whatever it says it was forwarded for', async () => {
    await start();
    const statuses = [];
    for (let count = 0; count < 20; count += 1) {
      statuses.push((await authorize({ 'x-forwarded-for': `203.0.113.${count}` })).status);
    }
    expect(new Set(statuses)).toEqual(new Set([303]));
    const refused = await authorize({ 'x-forwarded-for': '203.0.113.99' });
    expect([refused.status, refused.json()]).toMatchObject([429, { code: 'rate_limited' }]);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    bff.advance(60_000);
    expect((await authorize()).status).toBe(303);
  });

  it('are told apart behind a proxy that is trusted', async () => {
    await start({ LATCHKEY_TRUST_PROXY: '1' });
    for (let count = 0; count < 21; count += 1) await authorize({ 'x-forwarded-for': '203.0.113.1' });
    expect((await authorize({ 'x-forwarded-for': '203.0.113.1' })).status).toBe(429);
    expect((await authorize({ 'x-forwarded-for': '203.0.113.2' })).status).toBe(303);
    // What a client puts in front of the proxy's own entry does not count.
    expect((await authorize({ 'x-forwarded-for': '198.51.100.1, 203.0.113.1' })).status).toBe(429);
  });
});

describe('what nobody is signed in for', () => {
  const post = (body: string, headers: Record<string, string>) => ({
    method: 'POST',
    body,
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
  });
  it.each<[string, string, () => RequestInit, number, number]>([
    ['callbacks', '/bff/callback', () => ({ headers: navigation }), 30, 303],
    ['requests for a session', '/bff/oidc/token', () => post('grant_type=x', fromOurPage), 20, 400],
    ['sign-outs that ZITADEL tells', '/bff/backchannel-logout', () => post('logout_token=x', {}), 60, 400],
    [
      'presses of "this was not me"',
      '/bff/not-me',
      () => ({ ...post('{}', fromOurPage), headers: { ...fromOurPage, 'content-type': 'application/json' } }),
      10,
      404,
    ],
    ['looks for a session', '/bff/session', () => ({ headers: fromOurPage }), 120, 401],
    ['looks for who is signed in', '/bff/oidc/userinfo', () => ({ headers: fromOurPage }), 120, 401],
    ['sign-outs', '/bff/oidc/logout', () => ({ headers: navigation }), 120, 303],
  ])('%s (%s) are limited by address and minute', async (_what, path, init, most, status) => {
    await start({ LATCHKEY_TRUST_PROXY: '1' });
    const ask = async (address: string) => {
      const { headers, ...rest } = init();
      const answer = await createBrowser().request(bff.publicUrl + path, {
        ...rest,
        headers: { ...(headers as Record<string, string>), 'x-forwarded-for': address },
      });
      return answer.status;
    };
    const statuses: number[] = [];
    for (let count = 0; count < most; count += 1) statuses.push(await ask('203.0.113.1'));
    expect(statuses).toEqual(Array.from({ length: most }, () => status));
    expect(await ask('203.0.113.1')).toBe(429);
    expect(await ask('203.0.113.2')).toBe(status);
    bff.advance(60_000);
    expect(await ask('203.0.113.1')).toBe(status);
  });
});

describe('reports of violated policies', () => {
  it('are 20 a minute from one address and 60 lines in all, and more are refused without a word', async () => {
    await start({ LATCHKEY_TRUST_PROXY: '1' });
    const report = async (address: string) => {
      const headers = { ...fromOurPage, 'content-type': 'application/csp-report', 'x-forwarded-for': address };
      const body = JSON.stringify({ 'csp-report': { 'document-uri': `${bff.publicUrl}/users` } });
      const answer = await browser.request(`${bff.publicUrl}/bff/csp-report`, { method: 'POST', headers, body });
      return [answer.status, answer.text];
    };
    const lines = () => bff.logged.filter((line) => line.includes('content security policy violated')).length;
    for (let count = 0; count < 20; count += 1) expect(await report('203.0.113.1')).toEqual([204, '']);
    for (let count = 0; count < 5; count += 1) expect(await report('203.0.113.1')).toEqual([429, '']);
    expect(lines()).toBe(20);
    expect(bff.logged.join('')).not.toContain('"refused"');
    for (let count = 0; count < 50; count += 1) expect(await report(`203.0.113.${2 + count}`)).toEqual([204, '']);
    expect(lines()).toBe(60);
    bff.advance(60_000);
    expect(await report('203.0.113.1')).toEqual([204, '']);
    expect(lines()).toBe(61);
  });
});

describe('one session', () => {
  it('makes 10 changes a minute', async () => {
    await start();
    const { csrf } = await signIn(browser, bff.publicUrl);
    for (let count = 0; count < 10; count += 1) expect((await remove(csrf)).status).not.toBe(429);
    expect((await remove(csrf)).status).toBe(429);
  });

  it.each([
    ['reads', '/bff/api/me/sessions'],
    ['looks at itself', '/bff/session'],
    ['looks at who it is', '/bff/oidc/userinfo'],
  ])('%s (%s) 120 times a minute, and takes nothing from another of the same address', async (_what, path) => {
    await start();
    const other = createBrowser();
    await signIn(browser, bff.publicUrl);
    await signIn(other, bff.publicUrl);
    const ask = async (as: Browser) => (await as.request(bff.publicUrl + path, { headers: fromOurPage })).status;
    const statuses: number[] = [];
    for (let count = 0; count < 120; count += 1) statuses.push(await ask(browser));
    expect(statuses).toEqual(Array.from({ length: 120 }, () => 200));
    expect(await ask(browser)).toBe(429);
    expect(await ask(other)).toBe(200);
    bff.advance(60_000);
    expect(await ask(browser)).toBe(200);
  });
});

describe('one person', () => {
  it('removes 30 factors an hour, over sessions and restarts, and is noticed before', async () => {
    const metricsPort = await freePort();
    await start({ LATCHKEY_METRICS_PORT: String(metricsPort) });
    for (let round = 0; round < 3; round += 1) {
      browser = createBrowser();
      const { csrf } = await signIn(browser, bff.publicUrl);
      for (let count = 0; count < 10; count += 1) expect((await remove(csrf)).status).not.toBe(429);
    }
    expect(bff.logged.join('')).toContain('many removals by one person');
    expect(await (await fetch(`http://localhost:${metricsPort}/metrics`)).text()).toMatch(
      /^latchkey_removal_alarms_total 1$/m,
    );
    await bff.restart();
    browser = createBrowser();
    const { csrf } = await signIn(browser, bff.publicUrl);
    expect((await remove(csrf)).status).toBe(429);
  });

  it('removes 30 factors an hour and 100 a day, over processes', async () => {
    await start();
    const sibling = await startBffProcess(bff.environment);
    const urls = [bff.publicUrl, sibling.url];
    // Each on a session of its own, because a session makes ten changes a minute.
    const removeTen = async (url = bff.publicUrl) => {
      browser = createBrowser();
      const { csrf } = await signIn(browser, bff.publicUrl);
      const statuses: number[] = [];
      for (let count = 0; count < 10; count += 1) statuses.push((await remove(csrf, url)).status);
      return statuses;
    };
    // The provider's stand-in knows nobody, so that a removal that may be tried is answered with 404.
    const allTried = Array.from({ length: 10 }, () => 404);
    for (let round = 0; round < 3; round += 1) expect(await removeTen(urls[round % 2])).toEqual(allTried);
    for (const url of urls) {
      browser = createBrowser();
      const { csrf } = await signIn(browser, bff.publicUrl);
      const refused = await remove(csrf, url);
      expect([refused.status, refused.json()]).toMatchObject([429, { code: 'rate_limited', limit: 'removals/h' }]);
      expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(3_000);
    }
    await sibling.stop();
    for (const hour of [1, 2, 3]) {
      bff.advance(3_600_000);
      bff.rig.person = { ...bff.rig.person, ago: -3_600 * hour };
      if (hour === 3) break;
      for (let round = 0; round < 3; round += 1) expect(await removeTen()).toEqual(allTried);
    }
    // What the hour refused did not count for the day.
    expect(await removeTen()).toEqual(allTried);
    expect(await removeTen()).toEqual(Array.from({ length: 10 }, () => 429));
  }, 60_000);
});
