import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '@latchkey/test-kit/free-port';
import { type RoundRobin, startRoundRobin } from '@latchkey/test-kit/round-robin';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { type BffProcess, startBffProcess } from '../testing/bff-process.ts';
import { type Answer, type Browser, createBrowser, createPageSignIn, fromOurPage } from '../testing/browser.ts';
import { type EmbeddedZitadel, startEmbeddedZitadel } from '../testing/embedded-zitadel.ts';
import { getSession, postToken } from '../testing/sign-in.ts';
import { createTestDatabase, type TestDatabase } from '../testing/test-database.ts';
import { openWorld, type World } from '../testing/zitadel-world.ts';

// Three processes before a server that takes two refreshes at once for good, as ZITADEL does: then one set of tokens is
// dead, and so may be the session.
let zitadel: EmbeddedZitadel;
let world: World;
let proxy: RoundRobin;
let publicUrl: string;
let database: TestDatabase;
let metricsPorts: number[];
let processes: BffProcess[] = [];
let browser: Browser;
let userId: string;
const data = mkdtempSync(join(tmpdir(), 'latchkey-refresh-'));
const password = 'Correct-Horse-7';

beforeAll(async () => {
  const ports = [await freePort(), await freePort(), await freePort()];
  metricsPorts = [await freePort(), await freePort(), await freePort()];
  proxy = await startRoundRobin(ports);
  publicUrl = `http://localhost:${proxy.port}`;
  zitadel = await startEmbeddedZitadel('none', { LATCHKEY_PUBLIC_URL: publicUrl, IDENTITY_REFRESH_PAUSE: '30' });
  world = await openWorld(zitadel);
  database = await createTestDatabase();
  const environment = {
    LATCHKEY_DATA: data,
    LATCHKEY_PUBLIC_URL: publicUrl,
    LATCHKEY_ISSUER: zitadel.origin,
    LATCHKEY_CLIENT_KEY_FILE: zitadel.consoleKeyFile,
    LATCHKEY_DATABASE_URL: database.url,
    LATCHKEY_RATE_SCALE: '1000',
  };
  processes = await Promise.all(
    ports.map((port, index) =>
      startBffProcess({ ...environment, LATCHKEY_METRICS_PORT: String(metricsPorts[index]) }, port),
    ),
  );
}, 180_000);
afterAll(async () => {
  await Promise.all(processes.map((process) => process.stop()));
  await proxy?.stop();
  await zitadel?.stop();
  await database?.drop();
  rmSync(data, { recursive: true, force: true });
}, 60_000);

beforeEach(async () => {
  const name = `person-${Date.now().toString(36)}@example.org`;
  const organization = { orgId: await world.makeOrganisation() };
  ({ userId } = await world.api('POST', '/v2/users/human', {
    organization,
    username: name,
    profile: { givenName: 'Ada', familyName: 'Keller' },
    email: { email: name, isVerified: true },
    password: { password, changeRequired: false },
  }));
  browser = createBrowser();
  await signInAtPages(name);
}, 60_000);

/** Through the server's own sign-in pages. */
async function signInAtPages(loginName: string): Promise<void> {
  const { authorizeUrl, verifier } = createPageSignIn(publicUrl);
  const isPage = (location: URL) => location.pathname === '/callback';
  const fields: Readonly<Record<string, string>> = { loginName, password };
  let answer = await browser.navigate(authorizeUrl, isPage);
  for (let forms = 0; !answer.location && forms < 5; forms += 1) answer = await submit(answer, fields, isPage);
  const code = answer.location?.searchParams.get('code') ?? '';
  expect((await postToken(browser, publicUrl, { code, code_verifier: verifier })).status).toBe(200);
}

/** Fills the form that asks for one of the fields, or else skips what is offered, and follows where it leads. */
async function submit(
  { text, url }: Answer,
  fields: Readonly<Record<string, string>>,
  stop: (location: URL) => boolean,
): Promise<Answer> {
  const forms = [...text.matchAll(/<form[^>]*action="([^"]+)"[^>]*>(.*?)<\/form>/gs)];
  const isSkip = ([, action = '']: readonly string[]) => action.endsWith('/skip');
  const asks = (inside: string) => Object.keys(fields).some((name) => inside.includes(`name="${name}"`));
  const [, action = '', inside = ''] = forms.find(([, , content = '']) => asks(content)) ?? forms.find(isSkip) ?? [];
  const inputs = [...inside.matchAll(/<input[^>]*name="([^"]+)"(?:[^>]*value="([^"]*)")?/g)];
  const body = new URLSearchParams(
    Object.fromEntries(inputs.map(([, name = '', value = '']) => [name, fields[name] ?? value])),
  );
  const answer = await browser.request(new URL(action, url).href, { method: 'POST', body });
  return answer.location && !stop(answer.location) ? browser.navigate(answer.location.href, stop) : answer;
}

/** How often the processes had new tokens, or were refused them. */
async function refreshes(): Promise<number> {
  const ask = async (port: number) => (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
  const texts = await Promise.all(metricsPorts.map(ask));
  const counts = texts.flatMap((text) => [...text.matchAll(/^latchkey_token_refreshes_total\{.*\} (\d+)$/gm)]);
  return counts.reduce((sum, [, count]) => sum + Number(count), 0);
}

/** As an instance whose deny list has our address, which is what a real one says to a private one. */
async function leaveOutBackChannel(): Promise<void> {
  const { result: projects } = await world.api('POST', '/management/v1/projects/_search');
  for (const { id: projectId } of projects) {
    const { result: apps = [] } = await world.api('POST', `/management/v1/projects/${projectId}/apps/_search`);
    for (const { id, oidcConfig } of apps) {
      if (!oidcConfig?.backChannelLogoutUri) continue;
      const wanted = { ...oidcConfig, backChannelLogoutUri: '' };
      await world.api('PUT', `/management/v1/projects/${projectId}/apps/${id}/oidc_config`, wanted);
    }
  }
}

async function callAll(times: number): Promise<number[]> {
  const calls = Array.from({ length: times }, () =>
    browser.request(`${publicUrl}/bff/api/users`, { headers: fromOurPage }),
  );
  return (await Promise.all(calls)).map(({ status }) => status);
}

it('a token that ZITADEL no longer takes is renewed once, wherever the calls arrive, and the session lives', async () => {
  const before = await refreshes();
  // What leaves a session with a dead access token and a refresh token that works (zitadel-oidc.md, 4).
  await world.api('POST', `/v2/users/${userId}/lock`);
  await world.api('POST', `/v2/users/${userId}/unlock`);
  expect(new Set(await callAll(30))).toEqual(new Set([200]));
  expect(await refreshes()).toBe(before + 1);
  expect(await callAll(3)).toEqual([200, 200, 200]);
  expect((await getSession(browser, publicUrl)).status).toBe(200);
  expect(await refreshes()).toBe(before + 1);
});

it('of a locked account ends the session, and no unlock brings it back', async () => {
  await world.api('POST', `/v2/users/${userId}/lock`);
  expect(new Set(await callAll(6))).toEqual(new Set([401]));
  await world.api('POST', `/v2/users/${userId}/unlock`);
  expect(await callAll(3)).toEqual([401, 401, 401]);
});

it('a session that was ended at ZITADEL goes on by a refresh where no logout token arrives', async () => {
  await leaveOutBackChannel();
  const before = await refreshes();
  const { sessions } = await world.api('POST', '/v2/sessions/search', { queries: [{ userIdQuery: { id: userId } }] });
  for (const { id } of sessions) await world.api('DELETE', `/v2/sessions/${id}`);
  expect(sessions).toHaveLength(1);
  expect(new Set(await callAll(12))).toEqual(new Set([200]));
  expect(await refreshes()).toBe(before + 1);
  expect((await getSession(browser, publicUrl)).status).toBe(200);
});
