import { type Answer, type Browser, createPageSignIn, fromOurPage } from './browser.ts';

/** What the page holds after signing in. */
export interface PageSession {
  readonly csrf: string;
  readonly tokenAnswer: unknown;
}

/** The address of the page's callback, after everything that lies between. */
export async function reachCallback(browser: Browser, publicUrl: string, extra: Record<string, string> = {}) {
  const page = createPageSignIn(publicUrl, extra);
  const answer = await browser.navigate(page.authorizeUrl, (location) => isPage(location, publicUrl));
  if (!answer.location) throw new Error(`no callback: ${answer.status} ${answer.url} ${answer.text.slice(0, 300)}`);
  return { ...page, location: answer.location, rawLocation: answer.headers.get('location') ?? '' };
}

/** Posts what the page's OIDC client would. */
export function postToken(
  browser: Browser,
  publicUrl: string,
  form: Record<string, string>,
  headers: Record<string, string> = { ...fromOurPage, origin: publicUrl },
): Promise<Answer> {
  const body = new URLSearchParams({
    grant_type: 'authorization_code',
    client_id: 'console-spa',
    redirect_uri: `${publicUrl}/callback`,
    ...form,
  });
  return browser.request(`${publicUrl}/bff/oidc/token`, { method: 'POST', body, headers });
}

/** Signs in as whoever the provider's next person is. */
export async function signIn(browser: Browser, publicUrl: string, extra: Record<string, string> = {}) {
  const { location, verifier } = await reachCallback(browser, publicUrl, extra);
  const code = location.searchParams.get('code');
  if (code === null) throw new Error(`no handle: ${location.href}`);
  const answer = await postToken(browser, publicUrl, { code, code_verifier: verifier });
  const tokenAnswer = answer.json() as { access_token: string };
  if (answer.status !== 200) throw new Error(`no session: ${answer.text}`);
  return { csrf: tokenAnswer.access_token, tokenAnswer } satisfies PageSession;
}

/** Asks for the session as the page does. */
export function getSession(browser: Browser, publicUrl: string, query = ''): Promise<Answer> {
  return browser.request(`${publicUrl}/bff/session${query}`, { headers: fromOurPage });
}

function isPage(location: URL, publicUrl: string): boolean {
  return location.origin === publicUrl && !location.pathname.startsWith('/bff/');
}
