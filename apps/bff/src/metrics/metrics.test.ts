import { networkInterfaces } from 'node:os';
import { freePort } from '@latchkey/test-kit/free-port';
import { afterEach, expect, it } from 'vitest';
import { createApproval, decisionTime, withdrawApproval } from '../approvals/approval-store.ts';
import { createBrowser, navigation } from '../testing/browser.ts';
import { openTestAudit } from '../testing/open-test-audit.ts';
import { getSession, signIn } from '../testing/sign-in.ts';
import { startTestBff, type TestBff } from '../testing/start-test-bff.ts';
import { createMetrics } from './metrics.ts';

let bff: TestBff | undefined;
afterEach(async () => {
  await bff?.stop();
  bff = undefined;
});

it('tells how many requests wait for a second person', async () => {
  const { store, clock, close } = await openTestAudit();
  const { registry } = createMetrics(store, clock);
  const ask = (ago: number) =>
    createApproval(
      { store, clock: () => clock() - ago },
      {
        kind: 'limit',
        subjectId: 'removals/h ann',
        subject: { kind: 'limit', limit: 'removals/h' },
        userId: null,
        organisationId: null,
        requestedBy: { userId: 'ann', name: 'Ann' },
        reason: 'phishing wave',
        ticket: null,
      },
    );
  await ask(0);
  await ask(decisionTime);
  await withdrawApproval({ store, clock }, (await ask(0)).approval_id);
  expect(await registry.metrics()).toMatch(/^latchkey_approvals_waiting 1$/m);
  await close();
});

it('tells Prometheus, on a port of its own, what was asked and what waits', async () => {
  const port = await freePort();
  const started = await startTestBff({ environment: { LATCHKEY_METRICS_PORT: String(port) } });
  bff = started;
  const browser = createBrowser();
  await signIn(browser, started.publicUrl);
  await getSession(browser, started.publicUrl);
  await getSession(createBrowser(), started.publicUrl);
  const read = async () => (await fetch(`http://localhost:${port}/metrics`)).text();
  const before = await read();
  expect(before).toMatch(/^latchkey_sessions 1$/m);
  expect(before).toMatch(/^latchkey_sign_ins_total\{result="done"\} 1$/m);
  expect(before).toMatch(/^latchkey_problems_total\{code="no_session"\} 1$/m);
  expect(before).toMatch(
    /^latchkey_http_request_seconds_count\{method="GET",route="\/bff\/session",status="200"\} 1$/m,
  );
  expect(before).toMatch(/^latchkey_pending_sign_outs 0$/m);

  started.rig.interrupt = (_req, res, path) => {
    if (path !== '/token/revocation') return false;
    res.writeHead(503).end();
    return true;
  };
  await browser.request(`${started.publicUrl}/bff/oidc/logout`, { headers: navigation });
  started.advance(90_000);
  const after = await read();
  expect(after).toMatch(/^latchkey_pending_sign_outs 1$/m);
  expect(after).toMatch(/^latchkey_pending_sign_outs_oldest_seconds (9\d|1\d\d)/m);
  expect((await fetch(`http://localhost:${port}/`)).status).toBe(404);
  expect((await fetch(`${started.publicUrl}/metrics`)).headers.get('content-type')).toContain('text/html');
});

it('tells figures to this machine only, wherever the console listens, unless the operator says otherwise', async () => {
  const metricsPort = await freePort();
  const here = Object.values(networkInterfaces())
    .flat()
    .find((one) => one?.family === 'IPv4' && !one.internal)?.address;
  // A machine without a network has other addresses of the loopback interface still.
  const other = here ?? '127.0.0.2';
  const read = () =>
    fetch(`http://${other}:${metricsPort}/metrics`).then(
      ({ status }) => status,
      () => 'refused',
    );
  bff = await startTestBff({ environment: { HOST: '0.0.0.0', LATCHKEY_METRICS_PORT: String(metricsPort) } });
  const { port } = new URL(bff.publicUrl);
  expect((await fetch(`http://${other}:${port}/healthz`)).status).toBe(200);
  expect((await fetch(`http://127.0.0.1:${metricsPort}/metrics`)).status).toBe(200);
  expect(await read()).toBe('refused');
  await bff.stop();
  bff = await startTestBff({
    environment: { LATCHKEY_METRICS_PORT: String(metricsPort), LATCHKEY_METRICS_HOST: '0.0.0.0' },
  });
  expect(await read()).toBe(200);
});
