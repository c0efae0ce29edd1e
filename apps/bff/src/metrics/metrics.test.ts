import { afterEach, expect, it } from 'vitest';
import { createBrowser, navigation } from '../testing/browser.ts';
import { freePort } from '../testing/free-port.ts';
import { getSession, signIn } from '../testing/sign-in.ts';
import { startTestBff, type TestBff } from '../testing/start-test-bff.ts';

let bff: TestBff;
afterEach(() => bff.stop());

it('tells Prometheus, on a port of its own, what was asked and what waits', async () => {
  const port = await freePort();
  bff = await startTestBff({ environment: { LATCHKEY_METRICS_PORT: String(port) } });
  const browser = createBrowser();
  await signIn(browser, bff.publicUrl);
  await getSession(browser, bff.publicUrl);
  await getSession(createBrowser(), bff.publicUrl);
  const read = async () => (await fetch(`http://localhost:${port}/metrics`)).text();
  const before = await read();
  expect(before).toMatch(/^latchkey_sessions 1$/m);
  expect(before).toMatch(/^latchkey_sign_ins_total\{result="done"\} 1$/m);
  expect(before).toMatch(/^latchkey_problems_total\{code="no_session"\} 1$/m);
  expect(before).toMatch(
    /^latchkey_http_request_seconds_count\{method="GET",route="\/bff\/session",status="200"\} 1$/m,
  );
  expect(before).toMatch(/^latchkey_pending_sign_outs 0$/m);

  bff.rig.interrupt = (_req, res, path) => {
    if (path !== '/token/revocation') return false;
    res.writeHead(503).end();
    return true;
  };
  await browser.request(`${bff.publicUrl}/bff/oidc/logout`, { headers: navigation });
  bff.advance(90_000);
  const after = await read();
  expect(after).toMatch(/^latchkey_pending_sign_outs 1$/m);
  expect(after).toMatch(/^latchkey_pending_sign_outs_oldest_seconds (9\d|1\d\d)/m);
  expect((await fetch(`http://localhost:${port}/`)).status).toBe(404);
  expect((await fetch(`${bff.publicUrl}/metrics`)).headers.get('content-type')).toContain('text/html');
});
