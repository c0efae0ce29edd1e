import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Reset } from '@latchkey/contract/reset';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { auditKeyFile, verifyAudit } from '../../audit/verify-audit.ts';
import { openServerKeys } from '../../session/vault/server-keys.ts';
import { openStore } from '../../store/open-store.ts';
import { type BffProcess, startBffProcess } from '../../testing/bff-process.ts';
import { type Browser, createBrowser, fromOurPage } from '../../testing/browser.ts';
import { type EmbeddedZitadel, startEmbeddedZitadel } from '../../testing/embedded-zitadel.ts';
import { type Fault, type FaultProxy, startFaultProxy } from '../../testing/fault-proxy.ts';
import { type Forwarder, startForwarder } from '../../testing/forwarder.ts';
import { type OidcRig, startOidcRig } from '../../testing/oidc-rig.ts';
import { everything, stepLines } from '../../testing/reset-world.ts';
import { signIn } from '../../testing/sign-in.ts';
import { createTestDatabase, type TestDatabase } from '../../testing/test-database.ts';
import { openWorld, type World } from '../../testing/zitadel-world.ts';

let server: EmbeddedZitadel;
let world: World;
let faults: FaultProxy;
let gateway: Forwarder;
let rig: OidcRig;
let door: Forwarder;
let database: TestDatabase;
let bff: BffProcess;
let browser: Browser;
let csrf: string;
let publicUrl: string;
let home: string;
let environment: Record<string, string>;
const data = mkdtempSync(join(tmpdir(), 'latchkey-killed-'));

beforeAll(async () => {
  server = await startEmbeddedZitadel('none');
  world = await openWorld(server);
  home = await world.makeOrganisation();
  const agent = await world.makeCaller('ORG_USER_MANAGER', home);
  faults = await startFaultProxy(server.origin);
  gateway = await startForwarder(faults.origin, { authorization: `Bearer ${agent.token}` });
  door = await startForwarder();
  publicUrl = `http://localhost:${door.port}`;
  rig = await startOidcRig({ publicUrl, folder: data });
  rig.person = { ...rig.person, sub: agent.userId };
  database = await createTestDatabase();
  environment = {
    LATCHKEY_DATA: data,
    LATCHKEY_PUBLIC_URL: publicUrl,
    LATCHKEY_ISSUER: rig.issuer,
    LATCHKEY_CLIENT_KEY_FILE: rig.keyFile,
    LATCHKEY_API_URL: `http://localhost:${gateway.port}`,
    LATCHKEY_API_HOST: new URL(server.origin).host,
    LATCHKEY_SMTP_URL: server.smtpUrl,
    LATCHKEY_DATABASE_URL: database.url,
    LATCHKEY_RATE_SCALE: '1000',
  };
  await startAnother();
  browser = createBrowser();
  ({ csrf } = await signIn(browser, publicUrl));
}, 120_000);
afterAll(async () => {
  await bff?.stop();
  await door?.close();
  await gateway?.close();
  await faults?.close();
  await rig?.stop();
  await server?.stop();
  await database?.drop();
  rmSync(data, { recursive: true, force: true });
}, 60_000);
beforeEach(() => faults.calm());

async function startAnother(): Promise<void> {
  bff = await startBffProcess(environment);
  door.target = bff.url;
}

async function call(method: string, path: string, body?: object) {
  const headers = { ...fromOurPage, origin: publicUrl, 'content-type': 'application/json', 'x-csrf': csrf };
  const sent = body && { body: JSON.stringify(body) };
  return await browser.request(`${publicUrl}/bff/api${path}`, { method, headers, ...sent });
}
const read = async (resetId: string) => z.parse(Reset, (await call('GET', `/resets/${resetId}`)).json());
const run = async ({ user, resetId }: Reset) =>
  (await call('POST', `/users/${user.userId}/resets/${resetId}/run`, {})).status;

async function start(): Promise<Reset> {
  const userId = await world.makePerson(home);
  const body = { reason: 'lost phone', caller: { how: 'callBack' }, choice: everything };
  return z.parse(Reset, (await call('POST', `/users/${userId}/resets`, body)).json());
}

const seen = (pattern: RegExp) => faults.seen.filter((line) => pattern.test(line)).length;

/** What a dead process said last counts for fifteen seconds; here they have passed. */
async function endLease(resetId: string): Promise<void> {
  const store = await openStore(data, database.url || undefined);
  await store.updateTable('resets').set({ runner_until: 0 }).where('reset_id', '=', resetId).execute();
  await store.destroy();
}

/** Runs the case until ZITADEL has been asked what matches, kills the process there, and starts another. */
async function killAt(shown: Reset, pattern: RegExp, fault: Fault): Promise<Reset> {
  faults.fail(pattern, fault);
  const before = seen(pattern);
  expect(await run(shown)).toBe(200);
  await expect.poll(() => seen(pattern), { timeout: 20_000 }).toBe(before + 1);
  // `hangAfter` answers nobody: ZITADEL needs a moment to execute it.
  if (fault.kind === 'hangAfter') await new Promise((resolve) => setTimeout(resolve, 300));
  await bff.kill();
  await startAnother();
  await endLease(shown.resetId);
  return await read(shown.resetId);
}

it('a case whose process is killed at each step goes on where it stood, and nothing is done twice', async () => {
  const shown = await start();
  const kills: readonly [RegExp, Fault['kind'], string][] = [
    [/\/lock$/, 'hangAfter', 'lockUser'],
    [/^DELETE .*otp_sms/, 'hangAfter', 'remove otpSms'],
    [/^DELETE .*otp_email/, 'hang', 'remove otpEmail'],
    [/password_reset/, 'hangAfter', 'sendPasswordReset'],
    [/\/unlock$/, 'hangAfter', 'unlockUser'],
  ];
  for (const [pattern, kind, step] of kills) {
    const interrupted = await killAt(shown, pattern, { kind } as Fault);
    expect(interrupted.state, step).toBe('interrupted');
    expect(stepLines(interrupted)).toContain(`${step}: tried`);
  }
  expect(await run(shown)).toBe(200);
  await expect.poll(async () => (await read(shown.resetId)).state, { timeout: 20_000 }).toBe('done');
  const done = await read(shown.resetId);
  expect(done.steps.map(({ state }) => state)).toEqual(['done', 'unneeded', 'done', 'done', 'done', 'done', 'done']);
  // What ZITADEL had done was seen and not asked for again; what it had not, and the mail nobody can see, was.
  expect(kills.map(([pattern]) => seen(pattern))).toEqual([1, 1, 2, 2, 1]);
  expect((await world.api('GET', `/v2/users/${shown.user.userId}`)).user.state).toBe('USER_STATE_ACTIVE');
  const store = await openStore(data, database.url || undefined);
  expect(await verifyAudit(store, openServerKeys(join(data, 'bff'), auditKeyFile))).toMatchObject({ whole: true });
  await store.destroy();
}, 180_000);

it('a process that is asked to stop ends the present step and leaves the case to the next one at once', async () => {
  const shown = await start();
  faults.fail(/^DELETE .*otp_sms/, { kind: 'hangAfter' });
  expect(await run(shown)).toBe(200);
  await expect.poll(() => seen(/^DELETE .*otp_sms/), { timeout: 20_000 }).toBe(1);
  expect(await bff.stop()).toBe(0);
  await startAnother();
  const interrupted = await read(shown.resetId);
  expect(interrupted.state).toBe('interrupted');
  expect(stepLines(interrupted)).toContain('remove otpSms: done');
  expect(await run(shown)).toBe(200);
  await expect.poll(async () => (await read(shown.resetId)).state, { timeout: 20_000 }).toBe('done');
}, 120_000);
