import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { runBffProcess, startBffProcess } from './testing/bff-process.ts';
import { createBrowser, createPageSignIn, navigation } from './testing/browser.ts';
import { type OidcRig, startOidcRig } from './testing/oidc-rig.ts';

let data: string;
let rig: OidcRig;
let environment: Record<string, string>;

beforeAll(async () => {
  data = mkdtempSync(join(tmpdir(), 'latchkey-main-'));
  const publicUrl = 'http://localhost:3000';
  rig = await startOidcRig({ publicUrl, folder: data });
  environment = {
    LATCHKEY_DATA: data,
    LATCHKEY_PUBLIC_URL: publicUrl,
    LATCHKEY_ISSUER: rig.issuer,
    LATCHKEY_CLIENT_KEY_FILE: rig.keyFile,
  };
});
afterAll(async () => {
  await rig.stop();
  rmSync(data, { recursive: true, force: true });
});

it('names everything that is wrong with its configuration, and no stack', async () => {
  const { code, output } = await runBffProcess({ PORT: 'x', LATCHKEY_RATE_SCALE: '-1' });
  expect(code).toBe(1);
  for (const name of ['PORT:', 'LATCHKEY_ISSUER:', 'LATCHKEY_RATE_SCALE:', 'LATCHKEY_CLIENT_KEY_FILE:']) {
    expect(output).toContain(name);
  }
  expect(output).not.toMatch(/\bat .*\.ts/);
}, 60_000);

it.each([
  [
    'a key that is not there',
    { LATCHKEY_CLIENT_KEY_FILE: '/nowhere/key.json' },
    /LATCHKEY_CLIENT_KEY_FILE: .*cannot be read/,
  ],
  ['another name than ZITADEL’s own', { wrongIssuer: 'yes' }, /issuer/],
])(
  'does not start with %s, and says so',
  async (_what, changes: Record<string, string>, message) => {
    const { wrongIssuer, ...rest } = changes;
    const issuer = wrongIssuer ? rig.issuer.replace('localhost', '127.0.0.1') : rig.issuer;
    const { code, output } = await runBffProcess({ ...environment, PORT: '0', LATCHKEY_ISSUER: issuer, ...rest });
    expect([code, output]).toEqual([1, expect.stringMatching(message)]);
    expect(output).not.toMatch(/\bat .*\.ts/);
  },
  60_000,
);

it('names a port that is taken', async () => {
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  const { port } = other.address() as AddressInfo;
  const { code, output } = await runBffProcess({ ...environment, PORT: String(port) });
  other.close();
  expect([code, output]).toEqual([1, expect.stringContaining(`PORT: ${port} is taken`)]);
}, 60_000);

it('lets a request that runs come to its end when it is told to stop', async () => {
  const bff = await startBffProcess(environment);
  const browser = createBrowser();
  const page = createPageSignIn('http://localhost:3000');
  const begun = await browser.request(page.authorizeUrl.replace('http://localhost:3000', bff.url), {
    headers: navigation,
  });
  const state = begun.location?.searchParams.get('state') ?? '';
  let answerToken = () => {};
  rig.interrupt = (_req, res, path) => {
    if (path !== '/token') return false;
    answerToken = () => res.writeHead(503).end();
    return true;
  };
  const before = rig.requests.filter(({ endpoint }) => endpoint === '/token').length;
  const query = new URLSearchParams({ code: 'c', state, iss: rig.issuer });
  const running = browser.request(`${bff.url}/bff/callback?${query}`, { headers: navigation });
  await rig.waitFor('/token', before + 1);
  const stopped = bff.stop();
  await expect.poll(() => fetch(`${bff.url}/healthz`).catch(() => 'refused')).toBe('refused');
  answerToken();
  rig.interrupt = undefined;
  expect((await running).location?.searchParams.get('error')).toBe('temporarily_unavailable');
  expect(await stopped).toBe(0);
}, 60_000);
