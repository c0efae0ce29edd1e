import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Stack } from '@latchkey/test-kit/stack';
import { totpCode } from '@latchkey/test-kit/totp';
import type { Browser, BrowserContext, Page } from '@playwright/test';
import { expect, leaveUnwatched, test } from './fixtures.ts';
import { beginSignIn, enterCode, enterPassword, signInStaff } from './sign-in.ts';

/** A context of its own: what these pages do violates the page's policy on purpose. */
async function signInVictim(browser: Browser, baseURL: string, person: Parameters<typeof signInStaff>[1]) {
  const context = await browser.newContext({ baseURL });
  leaveUnwatched(context);
  const page = await context.newPage();
  await signInStaff(page, person);
  return { context, page };
}

/** An empty page of the attacker's: as `127.0.0.1` on another site, as `localhost` on a sibling of the console's. */
async function serveAttacker() {
  const server = createServer((_request, response) => {
    response.setHeader('content-type', 'text/html').end('<!doctype html><title>Win a phone</title><body></body>');
  });
  await new Promise<void>((resolve) => server.listen(0, resolve));
  const { port } = server.address() as AddressInfo;
  return {
    urlAs: (host: string) => `http://${host}:${port}/`,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

const session = (page: Page) =>
  page.evaluate(async () => {
    const answer = await fetch('/bff/session?peek=1');
    return { status: answer.status, authTime: ((await answer.json()) as { authTime?: string }).authTime };
  });

/** What the attacker's page can send to `target` in the name of whoever looks at it. */
function sendFromPage(page: Page, target: string): Promise<string[]> {
  return page.evaluate(async (origin) => {
    const outcomes: string[] = [];
    const attempt = async (name: string, path: string, init: RequestInit) => {
      try {
        const answer = await fetch(origin + path, { credentials: 'include', ...init });
        outcomes.push(`${name}: ${answer.type} ${answer.status} ${await answer.text()}`);
      } catch {
        outcomes.push(`${name}: refused`);
      }
    };
    const json = { 'content-type': 'application/json', 'x-csrf': 'x' };
    await attempt('read', '/bff/session', {});
    await attempt('change', '/bff/api/users/1/factors/totp', {
      method: 'DELETE',
      headers: json,
      body: '{"reason":"x"}',
    });
    await attempt('forward', '/bff/api/users', { mode: 'no-cors' });
    await attempt('form', '/bff/oidc/token', {
      mode: 'no-cors',
      method: 'POST',
      body: new URLSearchParams({ a: 'b' }),
    });
    await attempt('text', '/bff/api/me/sessions', { mode: 'no-cors', method: 'POST', body: '{}' });
    await attempt('logout token', '/bff/backchannel-logout', {
      mode: 'no-cors',
      method: 'POST',
      body: new URLSearchParams({ logout_token: 'x' }),
    });
    const loaded = (tag: 'img' | 'script', path: string) =>
      new Promise<void>((resolve) => {
        const element = document.createElement(tag);
        element.onload = () => resolve(void outcomes.push(`${tag}: loaded`));
        element.onerror = () => resolve(void outcomes.push(`${tag}: refused`));
        element.src = origin + path;
        document.body.append(element);
      });
    await loaded('img', '/bff/oidc/logout');
    await loaded('script', '/bff/session');
    return outcomes;
  }, target);
}

/** Leads the victim there by a link or a form, as a click on the attacker's page would. */
async function lead(page: Page, from: string, to: string, method: 'get' | 'post') {
  await page.goto(from);
  const arrived = page.waitForResponse(to);
  await page.evaluate(
    ({ to, method }) => {
      const way = document.createElement(method === 'post' ? 'form' : 'a');
      document.body.append(way);
      if (way instanceof HTMLAnchorElement) {
        way.href = to;
        way.click();
      } else {
        Object.assign(way, { action: to, method: 'post', enctype: 'text/plain' });
        way.submit();
      }
    },
    { to, method },
  );
  const answer = await arrived;
  await page.waitForURL(to);
  const { cookie = '' } = await answer.request().allHeaders();
  return { status: answer.status(), withSession: cookie.includes('__Host-Http-session=') };
}

/** The requests that the BFF has refused so far, from what its processes wrote. */
const refusals = ({ bffs }: Stack): string[] =>
  bffs
    .outputs()
    .flatMap(([, log]) => log.split('\n'))
    .flatMap((line) => {
      const { method, path, status } = line.startsWith('{') ? (JSON.parse(line) as Record<string, unknown>) : {};
      return String(path).startsWith('/bff/') && status === 403 ? [`${method} ${path}`] : [];
    });

for (const [who, host] of [
  ['another site', '127.0.0.1'],
  ['a sibling', 'localhost'],
] as const) {
  test(`${who} can neither read nor change anything, nor sign anybody in or out`, async ({ browser, stack }) => {
    const { context, page } = await signInVictim(browser, stack.publicUrl, stack.people.staff('IAM_OWNER'));
    const attacker = await serveAttacker();
    const url = attacker.urlAs(host);
    const lured = await context.newPage();
    await page.goto('about:blank');
    const before = refusals(stack).length;
    await lured.goto(url);
    const outcomes = await sendFromPage(lured, stack.publicUrl);
    expect(outcomes.filter((outcome) => !/: refused$|: opaque 0 $/.test(outcome))).toEqual([]);
    expect(outcomes).toHaveLength(8);
    for (const [path, method] of [
      ['/bff/oidc/logout', 'get'],
      ['/bff/oidc/authorize?client_id=console-spa', 'get'],
      ['/bff/oidc/token', 'post'],
      ['/bff/api/me/sessions', 'post'],
    ] as const) {
      const { status, withSession } = await lead(lured, url, stack.publicUrl + path, method);
      // A sibling's requests bring the Strict cookie along: it is not the cookie that protects.
      expect([path, status, withSession]).toEqual([path, 403, host === 'localhost']);
    }
    // Eight of the page itself and four that it led to.
    await expect.poll(() => refusals(stack).slice(before)).toHaveLength(12);
    await page.goto('/users');
    expect((await session(page)).status).toBe(200);
    attacker.close();
    await context.close();
  });

  test(`${who} has no hold on the console's window, nor on its frame`, async ({ browser, stack }) => {
    const attacker = await serveAttacker();
    const context = await browser.newContext();
    leaveUnwatched(context);
    const page = await context.newPage();
    await page.goto(attacker.urlAs(host));
    const framed = page.waitForEvent('requestfailed', (request) => request.url().startsWith(stack.publicUrl));
    await page.evaluate((target) => {
      const frame = document.createElement('iframe');
      frame.src = target;
      document.body.append(frame);
      Reflect.set(window, 'victim', window.open(target));
    }, `${stack.publicUrl}/`);
    expect((await framed).failure()?.errorText).toMatch(/BLOCKED_BY_RESPONSE/);
    await expect.poll(() => page.evaluate(() => (Reflect.get(window, 'victim') as Window).closed)).toBe(true);
    expect(context.pages()).toHaveLength(2);
    attacker.close();
    await context.close();
  });
}

/** Signs in up to where the page would redeem what it got, which a script in the page takes and keeps for itself. */
async function stealSignIn(browser: Browser, baseURL: string, person: Parameters<typeof signInStaff>[1]) {
  const context = await browser.newContext({ baseURL });
  const page = await context.newPage();
  const stolen = new Promise<string>((resolve) => {
    void context.route('**/bff/oidc/token', async (route) => {
      resolve(route.request().postData() ?? '');
      await route.abort();
    });
  });
  await beginSignIn(page);
  await enterPassword(page, person);
  await enterCode(page, totpCode(person));
  return { context, form: await stolen };
}

const cookieOf = async (context: BrowserContext, name: string) => {
  const cookie = (await context.cookies()).find((candidate) => candidate.name === name);
  return `${name}=${cookie?.value}`;
};

test('what a script carries away from a sign-in opens no session elsewhere', async ({ browser, stack }) => {
  const redeem = (form: string, cookie: string) =>
    fetch(`${stack.publicUrl}/bff/oidc/token`, {
      method: 'POST',
      body: form,
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        'sec-fetch-site': 'same-origin',
        origin: stack.publicUrl,
        cookie,
      },
    });
  const person = stack.people.staff('IAM_OWNER');
  for (const cookie of ['', `__Host-Http-bind=${randomBytes(32).toString('base64url')}`]) {
    const { context, form } = await stealSignIn(browser, stack.publicUrl, person);
    expect(form).toMatch(/code=.+code_verifier=|code_verifier=.+code=/);
    const answer = await redeem(form, cookie);
    expect([answer.status, answer.headers.getSetCookie()]).toEqual([400, []]);
    // Used up by the attempt: nothing is left for a second one, not even with everything that belongs to it.
    expect((await redeem(form, await cookieOf(context, '__Host-Http-bind'))).status).toBe(400);
    await context.close();
  }
  // What it takes besides is the one thing that no script can read.
  const { context, form } = await stealSignIn(browser, stack.publicUrl, person);
  expect((await redeem(form, await cookieOf(context, '__Host-Http-bind'))).status).toBe(200);
  await context.close();
});

test('a fresh sign-in whose demand was struck out of the address counts for nothing', async ({ browser, stack }) => {
  const { context, page } = await signInVictim(browser, stack.publicUrl, stack.people.staff('IAM_OWNER'));
  const before = await session(page);
  // Clocks may differ by five seconds, so a sign-in of just now is as good as one that was asked for.
  await expect
    .poll(() => Date.now() - Date.parse(before.authTime ?? ''), { timeout: 20_000, intervals: [500] })
    .toBeGreaterThan(7000);
  const query = new URLSearchParams({
    client_id: 'console-spa',
    redirect_uri: `${stack.publicUrl}/callback`,
    response_type: 'code',
    state: randomBytes(16).toString('hex'),
    code_challenge: randomBytes(32).toString('base64url'),
    code_challenge_method: 'S256',
    prompt: 'login',
    max_age: '0',
  });
  const begun = await context.request.get(`/bff/oidc/authorize?${query}`, {
    headers: { 'sec-fetch-site': 'same-origin', 'sec-fetch-dest': 'document' },
    maxRedirects: 0,
  });
  const demand = new URL(begun.headers().location ?? '');
  expect(demand.searchParams.get('prompt')).toBe('login');
  demand.searchParams.delete('prompt');
  demand.searchParams.delete('max_age');
  const returned = page.waitForRequest((request) => new URL(request.url()).pathname === '/callback');
  await page.goto(demand.href);
  const { searchParams } = new URL((await returned).url());
  expect([searchParams.get('error'), searchParams.get('code')]).toEqual(['interaction_required', null]);
  expect(await session(page)).toEqual(before);
  await context.close();
});
