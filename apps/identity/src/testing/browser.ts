/** A page as somebody without JavaScript sees it. */
export interface Seen {
  readonly url: URL;
  readonly status: number;
  readonly body: string;
  readonly headers: Headers;
  readonly title: string;
  /** Text of the alert, if there is one. */
  readonly alert: string | undefined;
  /** Captions of the buttons, in order. */
  readonly buttons: readonly string[];
}

interface Cookie {
  readonly name: string;
  readonly value: string;
  readonly path: string;
}

/** A browser with cookies: it follows redirects, and stops where the next page is not the server's. */
export interface Browser {
  open(url: string): Promise<Seen>;
  /** Fills the form of the button and presses it. */
  press(page: Seen, button: string, fields?: Readonly<Record<string, string>>): Promise<Seen>;
  readonly cookies: ReadonlyMap<string, Cookie>;
}

export function createBrowser(origin: string): Browser {
  const cookies = new Map<string, Cookie>();

  async function go(url: URL, init: RequestInit = {}): Promise<Seen> {
    if (url.origin !== origin) return seen(url, new Response());
    const cookie = [...cookies.values()]
      .filter(({ path }) => url.pathname.startsWith(path))
      .map(({ name, value }) => `${name}=${value}`)
      .join('; ');
    const headers = { ...(init.headers as Record<string, string>), ...(cookie && { cookie }) };
    const response = await fetch(url, { ...init, redirect: 'manual', headers });
    for (const line of response.headers.getSetCookie()) keep(cookies, line);
    const location = response.headers.get('location');
    if (response.status >= 300 && response.status < 400 && location) {
      await response.arrayBuffer();
      return go(new URL(location, url));
    }
    return seen(url, response);
  }

  return {
    cookies,
    open: (url) => go(new URL(url, origin)),
    press(page, button, fields = {}) {
      const form = formOf(page.body, button);
      const body = new URLSearchParams({ ...form.hidden, ...fields });
      const headers = { 'content-type': 'application/x-www-form-urlencoded' };
      return go(new URL(form.action, page.url), { method: 'POST', headers, body });
    },
  };
}

function keep(cookies: Map<string, Cookie>, line: string): void {
  const [pair = '', ...attributes] = line.split(/; */);
  const at = pair.indexOf('=');
  const name = pair.slice(0, at);
  const path = attributes.find((attribute) => /^path=/i.test(attribute))?.slice('path='.length) ?? '/';
  // A cookie is known by its name and path (RFC 6265 section 5.3).
  const key = `${name};${path}`;
  if (/max-age=0|expires=thu, 01 jan 1970/i.test(line)) cookies.delete(key);
  else cookies.set(key, { name, value: pair.slice(at + 1), path });
}

async function seen(url: URL, response: Response): Promise<Seen> {
  const body = await response.text();
  return {
    url,
    status: response.status,
    body,
    headers: response.headers,
    title: textOf(/<h1>(.*?)<\/h1>/s.exec(body)?.[1] ?? ''),
    alert: textOf(/role="alert"[^>]*>(.*?)</s.exec(body)?.[1] ?? '') || undefined,
    buttons: [...body.matchAll(/<button[^>]*>(.*?)<\/button>/gs)].map((match) => textOf(match[1] ?? '')),
  };
}

function formOf(body: string, button: string) {
  const forms = [...body.matchAll(/<form[^>]*action="([^"]+)"[^>]*>(.*?)<\/form>/gs)];
  const form = forms.find(([, , inside = '']) => textOf(inside).endsWith(button));
  if (!form) throw new Error(`no button "${button}" on: ${textOf(body)}`);
  const inputs = [...(form[2] ?? '').matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g)];
  return { action: form[1] ?? '', hidden: Object.fromEntries(inputs.map(([, name, value]) => [name, value])) };
}

function textOf(markup: string): string {
  return markup
    .replace(/<[^>]+>/g, ' ')
    .replace(/&#39;/g, "'")
    .replace(/\s+/g, ' ')
    .trim();
}
