import { createHash, randomBytes } from 'node:crypto';
import type { Browser, BrowserContext, Page } from '@playwright/test';
import { expect, leaveUnwatched, test } from './fixtures.ts';
import { signInStaff } from './sign-in.ts';
import { provokeViolation } from './violations.ts';

/** A sign-in that an attacker began on a machine of their own, to be finished by somebody else's browser. */
interface AttackersSignIn {
  readonly verifier: string;
  readonly state: string;
  /** ZITADEL's sign-in address. */
  readonly authorizeUrl: string;
  readonly cookie: string;
}

async function beginElsewhere(publicUrl: string): Promise<AttackersSignIn> {
  const verifier = randomBytes(48).toString('hex');
  const state = randomBytes(16).toString('hex');
  const query = new URLSearchParams({
    client_id: 'console-spa',
    redirect_uri: `${publicUrl}/callback`,
    response_type: 'code',
    scope: 'console',
    state,
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
  });
  const headers = { 'sec-fetch-site': 'same-origin', 'sec-fetch-dest': 'document' };
  const answer = await fetch(`${publicUrl}/bff/oidc/authorize?${query}`, { headers, redirect: 'manual' });
  const authorizeUrl = (answer.headers.get('location') ?? '').replace(/#$/, '');
  return { verifier, state, authorizeUrl, cookie: answer.headers.getSetCookie().join(';').split(';', 1)[0] ?? '' };
}

/** A context of its own: what these pages do violates the page's policy on purpose. */
async function signInVictim(browser: Browser, baseURL: string, person: Parameters<typeof signInStaff>[1]) {
  const context = await browser.newContext({ baseURL });
  leaveUnwatched(context);
  const page = await context.newPage();
  await signInStaff(page, person);
  return { context, page };
}

/** What a script in the page sees of a window it opened, until that window is out of its reach. */
function watchPopup(page: Page, url: string): Promise<string[]> {
  return page.evaluate(
    (address) =>
      new Promise<string[]>((resolve) => {
        const seen = new Set<string>();
        const popup = window.open(address);
        const began = performance.now();
        const timer = setInterval(() => {
          try {
            seen.add(popup?.location.href ?? 'none');
          } catch {
            seen.add('out of reach');
          }
          if (performance.now() - began < 4000 && !popup?.closed) return;
          clearInterval(timer);
          resolve([...seen]);
        }, 5);
      }),
    url,
  );
}

const isSignedIn = async (context: BrowserContext, baseURL: string) => {
  const page = await context.newPage();
  await page.goto(baseURL);
  const status = await page.evaluate(() => fetch('/bff/session?peek=1').then((answer) => answer.status));
  await page.close();
  return status === 200;
};

test('a script in the page cannot obtain a code through a window, in no response mode', async ({ browser, stack }) => {
  const { context, page } = await signInVictim(browser, stack.publicUrl, stack.people.staff('IAM_OWNER'));
  for (const mode of ['', '&response_mode=fragment']) {
    const { authorizeUrl } = await beginElsewhere(stack.publicUrl);
    const ended = context.waitForEvent('page').then((popup) => popup.waitForURL(/sign-in-error/));
    const seen = await watchPopup(page, authorizeUrl + mode);
    await ended;
    expect(seen.join(' ')).not.toMatch(/[?#&]code=/);
    const popup = context.pages().at(-1);
    expect(popup?.url()).not.toMatch(/[?#&]code=/);
    await popup?.close();
  }
  await context.close();
});

test('a script in the page cannot obtain a code through a frame', async ({ browser, stack }) => {
  provokeViolation('frame-src');
  const { context, page } = await signInVictim(browser, stack.publicUrl, stack.people.staff('IAM_OWNER'));
  const { authorizeUrl } = await beginElsewhere(stack.publicUrl);
  const refused = page.waitForEvent('console', (message) => /frame-src/.test(message.text()));
  await page.evaluate((address) => {
    const frame = document.createElement('iframe');
    frame.src = address;
    document.body.append(frame);
  }, `${authorizeUrl}&prompt=none`);
  await refused;
  expect(
    page
      .frames()
      .map((frame) => frame.url())
      .join(' '),
  ).not.toMatch(/[?#&]code=/);
  await context.close();
});

test('a link cannot sign a person in as somebody else', async ({ browser, stack }) => {
  const { state } = await beginElsewhere(stack.publicUrl);
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(`${stack.publicUrl}/callback?code=${randomBytes(32).toString('base64url')}&state=${state}`);
  await expect(page.getByRole('main')).toBeVisible();
  expect(await isSignedIn(context, stack.publicUrl)).toBe(false);
  await context.close();
});

test('a script can neither read nor plant the cookies of a session', async ({ browser, stack }) => {
  const { context, page } = await signInVictim(browser, stack.publicUrl, stack.people.staff('IAM_OWNER'));
  const before = await context.cookies(stack.publicUrl);
  const visible = await page.evaluate(() => {
    Reflect.set(document, 'cookie', '__Host-Http-session=planted; Secure; Path=/');
    return document.cookie;
  });
  expect(visible).not.toContain('__Host-Http');
  const named = (cookies: typeof before) => cookies.filter(({ name }) => name === '__Host-Http-session');
  expect(named(await context.cookies(stack.publicUrl))).toEqual(named(before));
  expect(named(before)).toMatchObject([{ httpOnly: true, secure: true, sameSite: 'Strict', path: '/', expires: -1 }]);
  await context.close();
});
