import { createHash, randomBytes } from 'node:crypto';

/** A browser as far as requests go: cookies, no automatic redirects, and Fetch Metadata of our own page. */
export interface Browser {
  readonly cookies: Map<string, string>;
  /** Everything that was received: URL, headers and body of each answer. */
  readonly received: string[];
  request(url: string, init?: RequestInit): Promise<Answer>;
  /** Follows redirects by hand until `stop` says so or there are none. */
  navigate(url: string, stop?: (location: URL) => boolean): Promise<Answer>;
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly url: string;
  readonly location: URL | undefined;
  readonly text: string;
  json(): unknown;
}

export const fromOurPage = { 'sec-fetch-site': 'same-origin', 'sec-fetch-mode': 'cors', 'sec-fetch-dest': 'empty' };
export const navigation = {
  'sec-fetch-site': 'same-origin',
  'sec-fetch-mode': 'navigate',
  'sec-fetch-dest': 'document',
};

export function createBrowser(): Browser {
  const cookies = new Map<string, string>();
  const received: string[] = [];
  const browser: Browser = {
    cookies,
    received,
    async request(url, init = {}) {
      const headers = new Headers(init.headers);
      if (cookies.size > 0) headers.set('cookie', [...cookies].map(([name, value]) => `${name}=${value}`).join('; '));
      const response = await fetch(url, { ...init, headers, redirect: 'manual' });
      for (const cookie of response.headers.getSetCookie()) keep(cookies, cookie);
      const text = await response.text();
      const location = response.headers.get('location');
      received.push([url, JSON.stringify([...response.headers]), text].join('\n'));
      return {
        status: response.status,
        headers: response.headers,
        url,
        location: location === null ? undefined : new URL(location, url),
        text,
        json: () => JSON.parse(text) as unknown,
      };
    },
    async navigate(url, stop = () => false) {
      let answer = await browser.request(url, { headers: navigation });
      for (let hops = 0; answer.location && hops < 12 && !stop(answer.location); hops += 1) {
        // After a hop over another site the browser says so, and leaves Strict cookies at home.
        answer = await browser.request(answer.location.href, {
          headers: { ...navigation, 'sec-fetch-site': 'cross-site' },
        });
      }
      return answer;
    },
  };
  return browser;
}

function keep(cookies: Map<string, string>, header: string): void {
  const [pair = '', ...attributes] = header.split(';');
  const name = pair.slice(0, pair.indexOf('='));
  const value = pair.slice(pair.indexOf('=') + 1);
  if (value === '' || attributes.some((attribute) => attribute.trim() === 'Max-Age=0')) cookies.delete(name);
  else cookies.set(name, value);
}

/** What the page's OIDC client makes for one sign-in. */
export function createPageSignIn(publicUrl: string, extra: Record<string, string> = {}) {
  const verifier = randomBytes(48).toString('hex');
  const state = randomBytes(16).toString('hex');
  const challenge = createHash('sha256').update(verifier).digest('base64url');
  const query = new URLSearchParams({
    client_id: 'console-spa',
    redirect_uri: `${publicUrl}/callback`,
    response_type: 'code',
    response_mode: 'query',
    scope: 'openid',
    state,
    code_challenge: challenge,
    code_challenge_method: 'S256',
    ...extra,
  });
  return { verifier, state, authorizeUrl: `${publicUrl}/bff/oidc/authorize?${query}` };
}
