import { connect } from 'node:net';
import { Problem } from '@latchkey/contract/problem';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createBrowser, createPageSignIn, fromOurPage, navigation } from '../testing/browser.ts';
import { signIn } from '../testing/sign-in.ts';
import { startTestBff, type TestBff } from '../testing/start-test-bff.ts';
import { securityHeadersFor } from './security-headers.ts';

let bff: TestBff;
beforeAll(async () => {
  bff = await startTestBff();
});
afterAll(() => bff.stop());

const evil = { 'sec-fetch-site': 'cross-site', origin: 'https://evil.test' };
const json = { 'content-type': 'application/json' };

describe('the security headers', () => {
  it('are the ones of the design', () => {
    expect(securityHeadersFor('https://console.example.com')).toMatchSnapshot();
  });

  it('ask for https only where there is https', () => {
    const plain = securityHeadersFor('http://localhost:3000');
    expect(plain['Strict-Transport-Security']).toBeUndefined();
    expect(plain['Content-Security-Policy']).not.toContain('upgrade-insecure-requests');
  });

  it.each([
    ['the page', 'GET', '/', navigation, 200],
    ['a deep link', 'GET', '/users/123', navigation, 200],
    ['an asset', 'GET', '/assets/index-abc123.js', fromOurPage, 200],
    ['a missing asset', 'GET', '/assets/none.js', fromOurPage, 404],
    ['a missing file', 'GET', '/favicon.ico', fromOurPage, 404],
    ['a path that is none', 'GET', '/%zz', navigation, 400],
    ['an unknown method', 'POST', '/users', fromOurPage, 404],
    ['health', 'GET', '/healthz', {}, 200],
    ['readiness', 'GET', '/readyz', {}, 200],
    ['no session', 'GET', '/bff/session', fromOurPage, 401],
    ['an unknown route of ours', 'GET', '/bff/nothing', fromOurPage, 404],
    ['an API call without session', 'GET', '/bff/api/users', fromOurPage, 401],
    ['a request of another site', 'GET', '/bff/session', evil, 403],
    ['a sign-in address with rubbish', 'GET', '/bff/oidc/authorize?x', navigation, 400],
    ['a token request with rubbish', 'POST', '/bff/oidc/token', fromOurPage, 400],
    ['a wrong method', 'GET', '/bff/oidc/token', fromOurPage, 405],
    ['a lost callback', 'GET', '/bff/callback', navigation, 303],
    ['a sign-out', 'GET', '/bff/oidc/logout', navigation, 303],
    ['a policy report', 'POST', '/bff/csp-report', fromOurPage, 204],
  ])('are on %s', async (_what, method, path, headers, status) => {
    const answer = await createBrowser().request(bff.publicUrl + path, {
      method,
      headers: headers as Record<string, string>,
    });
    expect(answer.status).toBe(status);
    for (const [name, value] of Object.entries(securityHeadersFor(bff.publicUrl))) {
      expect([name, answer.headers.get(name)]).toEqual([name, value]);
    }
    expect(answer.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
    expect(answer.headers.get('x-powered-by')).toBeNull();
    expect(answer.headers.get('access-control-allow-origin')).toBeNull();
  });

  it.each([
    ['no HTTP at all', 'hello\r\n\r\n', '400 Bad Request'],
    [
      'headers without end',
      `GET / HTTP/1.1\r\nX-A: ${'a'.repeat(20_000)}\r\n\r\n`,
      '431 Request Header Fields Too Large',
    ],
  ])('are on the answer to %s', async (_what, text, status) => {
    const answer = await sendRaw(bff.publicUrl, text);
    expect(answer).toContain(`HTTP/1.1 ${status}`);
    expect(answer).toContain("default-src 'none'");
    expect(answer).not.toContain('at ');
  });

  // Node looks for such connections only every half minute unless it is told otherwise.
  it('are on the answer to who takes longer than ten seconds over the headers', { timeout: 20_000 }, async () => {
    const answer = await sendRaw(bff.publicUrl, 'GET / HTTP/1.1\r\nHost: localhost\r\n');
    expect(answer).toContain('HTTP/1.1 408 Request Timeout');
    expect(answer).toContain("default-src 'none'");
  });
});

describe('what may be kept', () => {
  it.each([
    ['/', 'no-cache'],
    ['/users', 'no-cache'],
    ['/assets/index-abc123.js', 'public, max-age=31536000, immutable'],
    ['/assets/none.js', 'no-store'],
    ['/bff/session', 'no-store'],
    ['/healthz', 'no-store'],
  ])('%s: %s', async (path, expected) => {
    const answer = await createBrowser().request(bff.publicUrl + path, { headers: fromOurPage });
    expect(answer.headers.get('cache-control')).toBe(expected);
  });

  it('sends the brotli form of an asset to who takes it', async () => {
    const browser = createBrowser();
    const get = (encoding: string) =>
      fetch(`${bff.publicUrl}/assets/index-abc123.js`, { headers: { 'accept-encoding': encoding } }).catch(
        () => undefined,
      );
    const plain = await browser.request(`${bff.publicUrl}/assets/index-abc123.js`, {
      headers: { 'accept-encoding': 'identity' },
    });
    expect([plain.headers.get('content-encoding'), plain.text]).toEqual([null, 'export {};']);
    const compressed = await get('br');
    expect(compressed?.headers.get('content-encoding')).toBe('br');
    expect(compressed?.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
    expect(compressed?.headers.get('vary')).toContain('Accept-Encoding');
  });
});

describe('readiness', () => {
  it('follows ZITADEL, without asking it at every request', async () => {
    const alone = await startTestBff();
    const ask = async () => {
      const answer = await createBrowser().request(`${alone.publicUrl}/readyz`);
      return [answer.status, answer.json()];
    };
    const ready = [200, { status: 'ok', database: 'ok', zitadel: 'ok' }];
    expect(await ask()).toEqual(ready);
    const asked = alone.rig.requests.length;
    expect(await ask()).toEqual(ready);
    expect(alone.rig.requests.length).toBe(asked);
    await alone.rig.stop();
    const gone = [503, { status: 'unavailable', database: 'ok', zitadel: 'unavailable' }];
    await expect.poll(ask, { timeout: 20_000 }).toEqual(gone);
    expect((await createBrowser().request(`${alone.publicUrl}/healthz`)).status).toBe(200);
    await alone.stop();
  });
});

describe('errors', () => {
  it.each([
    ['/bff/nothing', 'no_such_route'],
    ['/bff/api/users', 'no_session'],
    ['/%zz', 'invalid_input'],
    ['/assets/%zz', 'no_such_route'],
  ])('%s is a problem with a request id and no stack', async (path, code) => {
    const answer = await createBrowser().request(bff.publicUrl + path, { headers: fromOurPage });
    expect(answer.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
    const problem = Problem.parse(answer.json());
    expect(problem).toMatchObject({ code, requestId: answer.headers.get('x-request-id'), status: answer.status });
    expect(answer.text).not.toMatch(/node_modules|\.ts|\bat /);
  });
});

describe('who may ask', () => {
  const us = () => bff.publicUrl;
  it.each([
    ['our page', () => ({ 'sec-fetch-site': 'same-origin' }), 401],
    ['our page, with its origin', () => ({ 'sec-fetch-site': 'same-origin', origin: us() }), 401],
    ['an old browser, with our origin', () => ({ origin: us() }), 401],
    ['nobody in particular', () => ({}), 403],
    ['a typed address', () => ({ 'sec-fetch-site': 'none' }), 403],
    ['a sibling', () => ({ 'sec-fetch-site': 'same-site' }), 403],
    ['another site', () => ({ 'sec-fetch-site': 'cross-site' }), 403],
    [
      'another site that forges the metadata',
      () => ({ 'sec-fetch-site': 'same-origin', origin: 'https://evil.test' }),
      403,
    ],
    ['an origin that begins like ours', () => ({ origin: `${us()}.evil.test` }), 403],
    ['an opaque origin', () => ({ origin: 'null' }), 403],
  ])('the session: %s', async (_who, headers, status) => {
    const answer = await createBrowser().request(`${us()}/bff/session`, {
      headers: headers() as Record<string, string>,
    });
    expect(answer.status).toBe(status);
  });

  it.each([
    ['our page', { 'sec-fetch-site': 'same-origin', 'sec-fetch-dest': 'document' }, 303],
    ['a typed address', { 'sec-fetch-site': 'none', 'sec-fetch-dest': 'document' }, 303],
    ['a link of another site', { 'sec-fetch-site': 'cross-site', 'sec-fetch-dest': 'document' }, 403],
    ['a link of a sibling', { 'sec-fetch-site': 'same-site', 'sec-fetch-dest': 'document' }, 403],
    ['a frame of ours', { 'sec-fetch-site': 'same-origin', 'sec-fetch-dest': 'iframe' }, 403],
    ['an image of ours', { 'sec-fetch-site': 'same-origin', 'sec-fetch-dest': 'image' }, 403],
    ['no metadata at all', {}, 403],
  ])('the sign-in and sign-out addresses: %s', async (_who, headers, status) => {
    const { authorizeUrl } = createPageSignIn(us());
    for (const url of [authorizeUrl, `${us()}/bff/oidc/logout`]) {
      expect((await createBrowser().request(url, { headers: headers as Record<string, string> })).status).toBe(status);
    }
  });
});

describe('changes', () => {
  const path = '/bff/api/users/1/factors/totp';
  it.each([
    ['without a handle', {}, 'csrf'],
    ['with a wrong handle', { 'x-csrf': 'x'.repeat(43) }, 'csrf'],
  ])('are refused %s', async (_what, headers, code) => {
    const browser = createBrowser();
    await signIn(browser, bff.publicUrl);
    for (const route of [path, path.replace('/bff/api', '/BFF/API')]) {
      const answer = await browser.request(bff.publicUrl + route, {
        method: 'DELETE',
        headers: { ...fromOurPage, ...json, ...headers },
      });
      expect([answer.status, answer.json()]).toMatchObject([403, { code }]);
    }
  });

  it.each([
    ['a form', { 'content-type': 'application/x-www-form-urlencoded' }, 'a=b', 415],
    ['text', { 'content-type': 'text/plain' }, '{}', 415],
    ['no type', {}, undefined, 415],
    ['broken JSON', json, '{', 400],
    ['too much', json, JSON.stringify({ reason: 'x'.repeat(9000) }), 413],
    ['compressed JSON', { ...json, 'content-encoding': 'gzip' }, 'x', 415],
  ])('are refused as %s', async (_what, headers, body, status) => {
    const browser = createBrowser();
    const { csrf } = await signIn(browser, bff.publicUrl);
    const answer = await browser.request(bff.publicUrl + path, {
      method: 'DELETE',
      headers: { ...fromOurPage, 'x-csrf': csrf, ...headers } as Record<string, string>,
      ...(body === undefined ? {} : { body }),
    });
    expect(answer.status).toBe(status);
  });
});

function sendRaw(publicUrl: string, text: string): Promise<string> {
  const { hostname, port } = new URL(publicUrl);
  return new Promise((resolve, reject) => {
    let received = '';
    const socket = connect(Number(port), hostname, () => socket.write(text));
    socket.on('data', (data) => {
      received += data;
    });
    socket.on('close', () => resolve(received));
    socket.on('error', reject);
  });
}
