import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { messagesTo } from '@latchkey/test-kit/outbox';
import { startStack } from '@latchkey/test-kit/stack';
import { totpCode } from '@latchkey/test-kit/totp';
import type { BrowserContext } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { openPerson, removeFactor } from './remove-factor.ts';
import { beginSignIn, enterCode, enterPassword, expectSignedIn } from './sign-in.ts';

/** Stands between the BFF and ZITADEL's API and remembers the tokens that pass. */
async function startListener() {
  const tokens = new Set<string>();
  let target = new URL('http://localhost');
  const server = createServer((incoming: IncomingMessage, answer: ServerResponse) => {
    const { method, url, headers } = incoming;
    tokens.add(headers.authorization?.replace(/^Bearer /, '') ?? '');
    const { hostname, port, host } = target;
    const onward = request({ hostname, port, path: url, method, headers: { ...headers, host } }, (back) => {
      answer.writeHead(back.statusCode ?? 502, back.headers);
      back.pipe(answer);
    });
    incoming.pipe(onward);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    tokens,
    passTo: (url: string) => {
      target = new URL(url);
    },
    close: () => server.close(),
  };
}

/** Everything that our origin sends to the browser: address, headers and body of each answer, but no cookies. */
function record(context: BrowserContext, publicUrl: string) {
  const received: Promise<string>[] = [];
  const addresses: string[] = [];
  context.on('request', (sent) => addresses.push(sent.url()));
  context.on('response', (answer) => {
    if (!answer.url().startsWith(publicUrl)) return;
    const { 'set-cookie': _, ...headers } = answer.headers();
    const body = answer.text().catch(() => '');
    received.push(body.then((text) => [answer.url(), JSON.stringify(headers), text].join('\n')));
  });
  return { addresses, answers: async () => (await Promise.all(received)).join('\n') };
}

test('nothing that authenticates is in the page, its traffic, an address or a log', async ({ browser }) => {
  // A stack of its own has to start within the test.
  test.setTimeout(150_000);
  const listener = await startListener();
  const stack = await startStack({
    env: async (issuer) => {
      listener.passTo(issuer);
      return { LATCHKEY_API_URL: listener.origin, LATCHKEY_LOG_LEVEL: 'debug' };
    },
  });
  try {
    const context = await browser.newContext({ baseURL: stack.publicUrl });
    const recorded = record(context, stack.publicUrl);
    const page = await context.newPage();
    const agent = stack.people.staff('IAM_OWNER');
    const person = stack.people.take(['totp', 'otpEmail']);
    const code = totpCode(agent);
    await beginSignIn(page);
    await enterPassword(page, agent);
    await enterCode(page, code);
    await expectSignedIn(page);
    await openPerson(page, person.displayName);
    await removeFactor(page, 'Authenticator app', 'Phone lost, called back');
    for (const path of ['/policy', '/activity', '/me']) {
      await page.goto(path);
      await expectSignedIn(page);
    }
    const cookies = (await context.cookies(stack.publicUrl)).filter(({ name }) => name.startsWith('__Host-'));
    const inPage = await page.evaluate(async () => {
      const { csrf } = (await (await fetch('/bff/session?peek=1')).json()) as { csrf: string };
      const kept = JSON.stringify([{ ...localStorage }, { ...sessionStorage }, await indexedDB.databases()]);
      const keys = [...Object.keys(localStorage), ...Object.keys(sessionStorage)];
      return { csrf, kept, keys, document: document.documentElement.outerHTML + document.cookie + location.href };
    });
    await page.getByRole('button', { name: 'Sign out' }).click();
    await expect(page).toHaveURL(/\/signed-out/);

    const tokens = [...listener.tokens].filter((token) => token !== '');
    const sessionSecrets = cookies.flatMap(({ value }) => value.split('.'));
    expect([tokens.length > 0, sessionSecrets.length]).toEqual([true, 3]);
    const secret = [...tokens, ...sessionSecrets, agent.password];
    const answers = await recorded.answers();
    expect(answers).toContain(person.displayName);
    const { document: shown, kept } = inPage;
    const places = { answers, addresses: recorded.addresses.join('\n'), shown, kept };
    for (const [place, text] of Object.entries(places)) {
      expect([place, secret.filter((value) => text.includes(value))]).toEqual([place, []]);
      // A JSON Web Token, whoever signed it.
      expect([place, text.match(/eyJ[\w-]{15,}\.eyJ[\w-]+\./)]).toEqual([place, null]);
    }
    expect(inPage.document).not.toContain(inPage.csrf);
    // Where one had scrolled to, and nothing else; no database at all.
    expect([inPage.keys, inPage.kept.endsWith(',[]]')]).toEqual([['react-router-scroll-positions'], true]);

    const passed = recorded.addresses.flatMap((address) => {
      const query = new URL(address).searchParams;
      return ['code', 'state', 'nonce'].flatMap((name) => query.getAll(name));
    });
    const sent = (await messagesTo(stack.issuer, '')).flatMap((message) => message.code ?? []);
    const seeds = stack.people.all.flatMap(({ factors }) =>
      factors.flatMap((factor) =>
        'secret' in factor ? factor.secret : 'privateKey' in factor ? factor.privateKey : [],
      ),
    );
    const neverLogged = [...secret, inPage.csrf, ...passed, ...sent, ...seeds, stack.adminPat, `"${code}"`];
    expect(passed.length).toBeGreaterThan(4);
    for (const { output } of [stack.bff, stack.identity]) {
      expect(neverLogged.filter((value) => output.includes(value))).toEqual([]);
    }
    expect(stack.bff.output).toContain('signed in');
    await context.close();
  } finally {
    await stack.stop();
    listener.close();
  }
});
