import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  type Answer,
  type Browser,
  createBrowser,
  createPageSignIn,
  fromOurPage,
  navigation,
} from '../../testing/browser.ts';
import { getSession, reachCallback, signIn } from '../../testing/sign-in.ts';
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

const reauthentication = { prompt: 'login', max_age: '0' };

function remove(csrf: string, userId = '1'): Promise<Answer> {
  return browser.request(`${bff.publicUrl}/bff/api/users/${userId}/factors/totp`, {
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

const stepUpRequired = async (answer: Promise<Answer>) =>
  (JSON.parse((await answer).text) as { code?: string }).code === 'step_up_required';

/** Signs in with a sign-in at ZITADEL that lies back some seconds. */
async function signInLongAgo(seconds: number): Promise<string> {
  bff.rig.person = { ...bff.rig.person, ago: seconds };
  const { csrf } = await signIn(browser, bff.publicUrl);
  bff.rig.person = { ...bff.rig.person, ago: 0 };
  return csrf;
}

describe('a change', () => {
  it('wants a sign-in of the last five minutes', async () => {
    expect(await stepUpRequired(remove(await signInLongAgo(290)))).toBe(false);
    browser = createBrowser();
    const csrf = await signInLongAgo(310);
    expect(await stepUpRequired(remove(csrf))).toBe(true);
    expect((await getSession(browser, bff.publicUrl)).status).toBe(200);
  });

  it('refuses a sign-in that lies in the future: such a clock says nothing', async () => {
    expect(await stepUpRequired(remove(await signInLongAgo(-120)))).toBe(true);
  });

  it('to one’s own sessions wants none', async () => {
    const csrf = await signInLongAgo(3600);
    const answer = await browser.request(`${bff.publicUrl}/bff/api/me/sessions`, {
      method: 'DELETE',
      headers: { ...fromOurPage, 'content-type': 'application/json', 'x-csrf': csrf },
      body: '{}',
    });
    expect(answer.status).toBe(200);
  });
});

describe('signing in again', () => {
  it('asks ZITADEL for the same person anew, and is good for a change', async () => {
    await signInLongAgo(3600);
    const { authorizeUrl } = createPageSignIn(bff.publicUrl, reauthentication);
    const begun = await browser.request(authorizeUrl, { headers: navigation });
    expect(Object.fromEntries(begun.location?.searchParams ?? [])).toMatchObject({
      prompt: 'login',
      max_age: '0',
      login_hint: 'alice@rig',
    });
    const former = browser.cookies.get('__Host-Http-session');
    const { csrf } = await signIn(browser, bff.publicUrl, reauthentication);
    expect(browser.cookies.get('__Host-Http-session')).not.toBe(former);
    expect(await stepUpRequired(remove(csrf))).toBe(false);
  });

  it('does not count when the address was robbed of prompt and max_age', async () => {
    await signInLongAgo(3600);
    const { authorizeUrl } = createPageSignIn(bff.publicUrl, reauthentication);
    const { location } = await browser.request(authorizeUrl, { headers: navigation });
    location?.searchParams.delete('prompt');
    location?.searchParams.delete('max_age');
    const end = await browser.navigate(location?.href ?? '', (to) => to.pathname === '/callback');
    expect(end.location?.searchParams.get('error')).toBe('interaction_required');
    expect(end.location?.searchParams.get('code')).toBeNull();
  });

  it('does not count when the sign-in pages did not ask, as with Login V2', async () => {
    await signInLongAgo(3600);
    bff.rig.person = { ...bff.rig.person, ago: 60 };
    const { location } = await reachCallback(browser, bff.publicUrl, reauthentication);
    expect(location.searchParams.get('error')).toBe('interaction_required');
  });

  it('as somebody else is refused and ends the session', async () => {
    await signInLongAgo(3600);
    bff.rig.person = { ...bff.rig.person, sub: 'mallory' };
    for (const name of browser.cookies.keys()) if (!name.startsWith('__Host-')) browser.cookies.delete(name);
    const { location } = await reachCallback(browser, bff.publicUrl, reauthentication);
    expect(location.searchParams.get('error')).toBe('access_denied');
    expect((await getSession(browser, bff.publicUrl)).status).toBe(401);
  });

  it('for one user is good for that user only', async () => {
    await signInLongAgo(3600);
    const { csrf } = await signIn(browser, bff.publicUrl, { ...reauthentication, intent: 'user:1' });
    expect(await stepUpRequired(remove(csrf, '1'))).toBe(false);
    expect(await stepUpRequired(remove(csrf, '2'))).toBe(true);
  });

  it('for one decision is good for that and for nothing else', async () => {
    await signInLongAgo(3600);
    const { csrf } = await signIn(browser, bff.publicUrl, { ...reauthentication, intent: 'approval:a1' });
    const post = (path: string) =>
      browser.request(`${bff.publicUrl}/bff/api/approvals${path}`, {
        method: 'POST',
        headers: { ...fromOurPage, 'content-type': 'application/json', 'x-csrf': csrf },
        body: JSON.stringify({ planHash: 'x'.repeat(43) }),
      });
    for (const decision of ['approve', 'refuse', 'withdraw']) {
      expect(await stepUpRequired(post(`/a1/${decision}`))).toBe(false);
      expect(await stepUpRequired(post(`/a2/${decision}`))).toBe(true);
    }
    expect(await stepUpRequired(post(''))).toBe(true);
    expect(await stepUpRequired(remove(csrf))).toBe(true);
  });

  it('for nothing that we know is refused', async () => {
    await signInLongAgo(3600);
    const { authorizeUrl } = createPageSignIn(bff.publicUrl, { ...reauthentication, intent: '../../x' });
    expect((await browser.request(authorizeUrl, { headers: navigation })).status).toBe(400);
  });
});
