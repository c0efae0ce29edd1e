import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Browser, createBrowser, createPageSignIn, fromOurPage, navigation } from '../../testing/browser.ts';
import { getSession, postToken, reachCallback, signIn } from '../../testing/sign-in.ts';
import { startTestBff, type TestBff } from '../../testing/start-test-bff.ts';

let bff: TestBff;
let browser: Browser;

beforeAll(async () => {
  bff = await startTestBff();
});
afterAll(() => bff.stop());
beforeEach(() => {
  browser = createBrowser();
  bff.rig.person = { sub: 'alice', amr: ['pwd', 'otp', 'mfa'], ago: 0 };
});

describe('signing in', () => {
  it('gives the page a session, a CSRF handle and no token', async () => {
    const { tokenAnswer, csrf } = await signIn(browser, bff.publicUrl);
    expect(tokenAnswer).toEqual({ access_token: csrf, token_type: 'Bearer', expires_in: 28_800, scope: 'console' });
    const session = await getSession(browser, bff.publicUrl);
    expect(session.status).toBe(200);
    expect(session.json()).toMatchObject({
      profile: { sub: 'alice', name: 'Name of alice', loginName: 'alice@rig', email: 'alice@rig.test' },
      csrf,
      instance: new URL(bff.rig.issuer).host,
    });
    const userinfo = await browser.request(`${bff.publicUrl}/bff/oidc/userinfo`, { headers: fromOurPage });
    expect(userinfo.json()).toMatchObject({
      sub: 'alice',
      preferred_username: 'alice@rig',
      amr: ['pwd', 'otp', 'mfa'],
    });
  });

  it('asks ZITADEL with S256, a nonce, every scope it needs and its own redirect address', async () => {
    const { authorizeUrl } = createPageSignIn(bff.publicUrl);
    const { status, location } = await browser.request(authorizeUrl, { headers: navigation });
    expect(status).toBe(303);
    expect(Object.fromEntries(location?.searchParams ?? [])).toEqual({
      client_id: 'latchkey',
      response_type: 'code',
      redirect_uri: `${bff.publicUrl}/bff/callback`,
      scope: 'openid profile email offline_access urn:zitadel:iam:org:project:id:zitadel:aud',
      state: expect.stringMatching(/^[\w-]{43}$/),
      nonce: expect.stringMatching(/^[\w-]{43}$/),
      code_challenge: expect.stringMatching(/^[\w-]{43}$/),
      code_challenge_method: 'S256',
    });
  });

  it('ends every redirect towards the page in a fragment of its own', async () => {
    const { rawLocation } = await reachCallback(browser, bff.publicUrl);
    expect(rawLocation).toMatch(/^\/callback\?.+#$/);
    const lost = await browser.request(`${bff.publicUrl}/bff/callback?state=x&code=y`, { headers: navigation });
    expect(lost.headers.get('location')).toBe('/sign-in-error?reason=binding#');
  });

  it('sets cookies that neither script nor a sibling can plant', async () => {
    const { location, verifier } = await reachCallback(browser, bff.publicUrl);
    const code = location.searchParams.get('code') ?? '';
    const answer = await postToken(browser, bff.publicUrl, { code, code_verifier: verifier });
    expect(answer.headers.getSetCookie().map((cookie) => cookie.replace(/=[\w.-]+;/, '=…;'))).toEqual([
      '__Host-Http-session=…; Path=/; Secure; HttpOnly; SameSite=Strict',
    ]);
    const begun = await createBrowser().request(createPageSignIn(bff.publicUrl).authorizeUrl, { headers: navigation });
    expect(begun.headers.getSetCookie().map((cookie) => cookie.replace(/=[\w.-]+;/, '=…;'))).toEqual([
      '__Host-Http-bind=…; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=600',
    ]);
  });

  it('works in two tabs of one browser at once', async () => {
    const one = await reachCallback(browser, bff.publicUrl);
    const other = await reachCallback(browser, bff.publicUrl);
    for (const { location, verifier } of [one, other]) {
      const code = location.searchParams.get('code') ?? '';
      expect((await postToken(browser, bff.publicUrl, { code, code_verifier: verifier })).status).toBe(200);
    }
  });

  it('puts a new session in place of the former one, whose cookie then opens nothing', async () => {
    await signIn(browser, bff.publicUrl);
    const former = createBrowser();
    for (const [name, value] of browser.cookies) former.cookies.set(name, value);
    await signIn(browser, bff.publicUrl);
    expect((await getSession(former, bff.publicUrl)).status).toBe(401);
    expect((await getSession(browser, bff.publicUrl)).status).toBe(200);
  });

  it('survives a restart', async () => {
    await signIn(browser, bff.publicUrl);
    await bff.restart();
    expect((await getSession(browser, bff.publicUrl)).status).toBe(200);
  });
});

describe('the handle', () => {
  it('works once', async () => {
    const { location, verifier } = await reachCallback(browser, bff.publicUrl);
    const form = { code: location.searchParams.get('code') ?? '', code_verifier: verifier };
    expect((await postToken(browser, bff.publicUrl, form)).status).toBe(200);
    const again = await postToken(browser, bff.publicUrl, form);
    expect(again.status).toBe(400);
    expect(again.json()).toEqual({ error: 'invalid_grant', error_description: 'handle' });
  });

  it('is of no use in another browser, even with the verifier', async () => {
    const { location, verifier } = await reachCallback(browser, bff.publicUrl);
    const form = { code: location.searchParams.get('code') ?? '', code_verifier: verifier };
    const answer = await postToken(createBrowser(), bff.publicUrl, form);
    expect([answer.status, answer.json()]).toEqual([
      400,
      { error: 'invalid_grant', error_description: 'browser binding' },
    ]);
  });

  it('is of no use without the verifier', async () => {
    const { location } = await reachCallback(browser, bff.publicUrl);
    const form = { code: location.searchParams.get('code') ?? '', code_verifier: 'x'.repeat(43) };
    const answer = await postToken(browser, bff.publicUrl, form);
    expect([answer.status, answer.json()]).toEqual([400, { error: 'invalid_grant', error_description: 'pkce' }]);
  });

  it('dies after a minute', async () => {
    const { location, verifier } = await reachCallback(browser, bff.publicUrl);
    bff.advance(61_000);
    const form = { code: location.searchParams.get('code') ?? '', code_verifier: verifier };
    expect((await postToken(browser, bff.publicUrl, form)).json()).toMatchObject({ error_description: 'handle' });
  });
});

describe('the binding', () => {
  it('keeps a callback from being finished in a browser that did not begin it', async () => {
    const { authorizeUrl } = createPageSignIn(bff.publicUrl);
    const isCallback = (location: URL) => location.pathname === '/bff/callback';
    const { location } = await createBrowser().navigate(authorizeUrl, isCallback);
    const victim = createBrowser();
    await reachCallback(victim, bff.publicUrl);
    const answer = await victim.request(location?.href ?? '', { headers: navigation });
    expect(answer.headers.get('location')).toBe('/sign-in-error?reason=binding#');
  });

  it('lets a callback be used once', async () => {
    const { authorizeUrl } = createPageSignIn(bff.publicUrl);
    const { location } = await browser.navigate(authorizeUrl, (to) => to.pathname === '/bff/callback');
    const first = await browser.request(location?.href ?? '', { headers: navigation });
    expect(first.location?.pathname).toBe('/callback');
    const second = await browser.request(location?.href ?? '', { headers: navigation });
    expect(second.location?.pathname).toBe('/sign-in-error');
  });

  it('ends ten minutes after the sign-in began', async () => {
    const { authorizeUrl } = createPageSignIn(bff.publicUrl);
    const { location } = await browser.navigate(authorizeUrl, (to) => to.pathname === '/bff/callback');
    bff.advance(601_000);
    expect((await browser.request(location?.href ?? '', { headers: navigation })).location?.pathname).toBe(
      '/sign-in-error',
    );
  });

  it('refuses a callback inside a frame', async () => {
    const headers = { ...navigation, 'sec-fetch-dest': 'iframe', 'sec-fetch-site': 'cross-site' };
    expect((await browser.request(`${bff.publicUrl}/bff/callback?state=x`, { headers })).status).toBe(403);
  });
});

describe('authorize', () => {
  it.each([
    ['another client', { client_id: 'other' }],
    ['another redirect address', { redirect_uri: 'https://evil.test/callback' }],
    ['another response type', { response_type: 'token' }],
    ['fragment mode', { response_mode: 'fragment' }],
    ['plain PKCE', { code_challenge_method: 'plain' }],
    ['a short challenge', { code_challenge: 'abc' }],
    ['a state of another form', { state: '"><script>' }],
    ['prompt=none', { prompt: 'none' }],
  ])('refuses %s', async (_what, extra) => {
    const { authorizeUrl } = createPageSignIn(bff.publicUrl, extra);
    const answer = await browser.request(authorizeUrl, { headers: navigation });
    expect([answer.status, answer.headers.get('set-cookie')]).toEqual([400, null]);
  });

  it('refuses a repeated parameter', async () => {
    const { authorizeUrl } = createPageSignIn(bff.publicUrl);
    const answer = await browser.request(`${authorizeUrl}&client_id=console-spa`, { headers: navigation });
    expect(answer.status).toBe(400);
  });

  it('sends the page to its error page while ZITADEL is away', async () => {
    const alone = await startTestBff();
    await alone.rig.stop();
    await alone.restart();
    const { authorizeUrl } = createPageSignIn(alone.publicUrl);
    const answer = await browser.request(authorizeUrl, { headers: navigation });
    await alone.stop();
    expect(answer.headers.get('location')).toBe('/sign-in-error?reason=unavailable#');
  });
});
