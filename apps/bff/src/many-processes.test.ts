import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '@latchkey/test-kit/free-port';
import { type RoundRobin, startRoundRobin } from '@latchkey/test-kit/round-robin';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type BffProcess, startBffProcess } from './testing/bff-process.ts';
import { createBrowser, fromOurPage, navigation } from './testing/browser.ts';
import { type OidcRig, startOidcRig } from './testing/oidc-rig.ts';
import { getSession, signIn } from './testing/sign-in.ts';
import { createTestDatabase, type TestDatabase } from './testing/test-database.ts';

let data: string;
let publicUrl: string;
let rig: OidcRig;
let proxy: RoundRobin;
let ports: number[];
let database: TestDatabase;
let environment: Record<string, string>;
const processes: BffProcess[] = [];

beforeAll(async () => {
  data = mkdtempSync(join(tmpdir(), 'latchkey-many-'));
  ports = [await freePort(), await freePort(), await freePort()];
  proxy = await startRoundRobin(ports);
  publicUrl = `http://localhost:${proxy.port}`;
  rig = await startOidcRig({ publicUrl, folder: data });
  database = await createTestDatabase();
  environment = {
    LATCHKEY_DATA: data,
    LATCHKEY_PUBLIC_URL: publicUrl,
    LATCHKEY_ISSUER: rig.issuer,
    LATCHKEY_CLIENT_KEY_FILE: rig.keyFile,
    LATCHKEY_DATABASE_URL: database.url,
    LATCHKEY_RATE_SCALE: '1000',
    LATCHKEY_MAX_SESSIONS: '100',
  };
  processes.push(...(await Promise.all(ports.map((port) => startBffProcess(environment, port)))));
}, 180_000);

afterAll(async () => {
  await Promise.all(processes.map((process) => process.stop()));
  await proxy.stop();
  await rig.stop();
  await database.drop();
  rmSync(data, { recursive: true, force: true });
}, 60_000);

it('takes a person through sign-in, work and sign-out at whichever process answers', async () => {
  const browser = createBrowser();
  await signIn(browser, publicUrl);
  for (let turn = 0; turn < 3; turn += 1) expect((await getSession(browser, publicUrl)).status).toBe(200);
  expect([...proxy.answered.values()].filter((count) => count > 0)).toHaveLength(3);
  await browser.request(`${publicUrl}/bff/oidc/logout`, { headers: navigation });
  for (let turn = 0; turn < 3; turn += 1) expect((await getSession(browser, publicUrl)).status).toBe(401);
});

it('keeps everybody signed in while a process is killed and another started', async () => {
  const browsers = await Promise.all(
    Array.from({ length: 6 }, async () => {
      const browser = createBrowser();
      await signIn(browser, publicUrl);
      return browser;
    }),
  );
  await processes[0]?.kill();
  const statuses = async () =>
    Promise.all(browsers.map(async (browser) => (await getSession(browser, publicUrl)).status));
  expect(await statuses()).toEqual(browsers.map(() => 200));
  processes[0] = await startBffProcess(environment, ports[0]);
  expect(await statuses()).toEqual(browsers.map(() => 200));
}, 120_000);

it('refreshes once, wherever the calls arrive', async () => {
  const browser = createBrowser();
  await signIn(browser, publicUrl);
  rig.killAccessTokens();
  const asked = () => rig.requests.filter(({ endpoint }) => endpoint === '/token').length;
  const before = asked();
  const calls = Array.from({ length: 30 }, () =>
    browser.request(`${publicUrl}/bff/api/users`, { headers: fromOurPage }),
  );
  const statuses = (await Promise.all(calls)).map(({ status }) => status);
  expect(statuses).toEqual(statuses.map(() => 200));
  expect(asked() - before).toBe(1);
}, 60_000);
