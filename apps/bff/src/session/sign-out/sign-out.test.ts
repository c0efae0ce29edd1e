import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Browser, createBrowser, navigation } from '../../testing/browser.ts';
import { signIn } from '../../testing/sign-in.ts';
import { startTestBff, type TestBff } from '../../testing/start-test-bff.ts';

let bff: TestBff;
let browser: Browser;

beforeEach(async () => {
  bff = await startTestBff();
  browser = createBrowser();
});
afterEach(() => bff.stop());

describe('a sign-out that ZITADEL did not hear', () => {
  it('is completed later, also after a restart, and its token lies sealed meanwhile', async () => {
    await signIn(browser, bff.publicUrl);
    const tokens = [...bff.rig.issued];
    bff.rig.interrupt = (_req, res, path) => {
      if (path !== '/token/revocation' && path !== '/session/end') return false;
      res.writeHead(503).end();
      return true;
    };
    const answer = await browser.request(`${bff.publicUrl}/bff/oidc/logout`, { headers: navigation });
    expect(answer.status).toBe(303);
    const before = bff.rig.requests.length;
    expect(await liveTokens(tokens)).toBe(1);
    for (const file of readdirSync(join(bff.data, 'bff'))) {
      const content = readFileSync(join(bff.data, 'bff', file)).toString('latin1');
      for (const token of tokens) expect([file, content.includes(token)]).toEqual([file, false]);
    }

    bff.rig.interrupt = undefined;
    await bff.restart();
    bff.advance(60_000);
    while ((await liveTokens(tokens)) > 0) await new Promise((resolve) => setTimeout(resolve, 50));
    await bff.rig.waitFor('/session/end', 2);
    expect(bff.rig.requests.slice(before).map(({ endpoint }) => endpoint)).toContain('/token/revocation');
  });

  it('does not keep the person waiting when ZITADEL hangs', async () => {
    await signIn(browser, bff.publicUrl);
    bff.rig.interrupt = (_req, _res, path) => path === '/token/revocation';
    const answer = await browser.request(`${bff.publicUrl}/bff/oidc/logout`, { headers: navigation });
    expect(answer.status).toBe(303);
    expect(answer.location?.pathname).toBe('/session/end');
    await bff.rig.waitFor('/token/revocation', 1);
  });
});

async function liveTokens(tokens: readonly string[]): Promise<number> {
  const live = await Promise.all(tokens.map((token) => bff.rig.isRefreshTokenLive(token)));
  return live.filter(Boolean).length;
}
