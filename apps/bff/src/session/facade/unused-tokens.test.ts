import { join } from 'node:path';
import { openDatabase } from '@latchkey/database/open-database';
import { decodeJwt, SignJWT } from 'jose';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Browser, createBrowser } from '../../testing/browser.ts';
import { postToken, reachCallback } from '../../testing/sign-in.ts';
import { startTestBff, type TestBff } from '../../testing/start-test-bff.ts';

let bff: TestBff;
let browser: Browser;

beforeAll(async () => {
  bff = await startTestBff();
});
afterAll(() => bff.stop());
beforeEach(() => {
  browser = createBrowser();
  bff.rig.interrupt = undefined;
  bff.rig.issued.clear();
});

async function liveRefreshTokens(): Promise<number> {
  const live = await Promise.all([...bff.rig.issued].map((token) => bff.rig.isRefreshTokenLive(token)));
  return live.filter(Boolean).length;
}

/** Takes tables away while something is done. */
async function without<Value>(tables: readonly string[], act: () => Promise<Value>): Promise<Value> {
  const { db } = openDatabase(bff.environment.LATCHKEY_DATABASE_URL || join(bff.data, 'bff', 'latchkey.db'));
  const rename = async (suffix: string, former: string) => {
    for (const table of tables) {
      await sql`alter table ${sql.table(table + former)} rename to ${sql.table(table + suffix)}`.execute(db);
    }
  };
  await rename('_away', '');
  try {
    return await act();
  } finally {
    await rename('', '_away');
    await db.destroy();
  }
}

/** The provider's ID tokens say nothing of when somebody authenticated. */
function leaveOutAuthTime(): void {
  bff.rig.interrupt = (_req, res, path) => {
    if (path !== '/token') return false;
    const end = res.end.bind(res);
    res.end = ((body: unknown) => {
      const answer = JSON.parse(String(body)) as { id_token: string };
      const { auth_time: _, ...claims } = decodeJwt(answer.id_token);
      const signing = new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid: 's1' }).sign(bff.rig.signingKey);
      res.removeHeader('content-length');
      void signing.then((token) => end(JSON.stringify({ ...answer, id_token: token })));
      return res;
    }) as typeof res.end;
    return false;
  };
}

describe('a sign-in leaves no token alive', () => {
  it('when the user information is refused', async () => {
    bff.rig.interrupt = (_req, res, path) => {
      if (path === '/me') res.writeHead(401).end();
      return path === '/me';
    };
    const { location } = await reachCallback(browser, bff.publicUrl);
    expect(location.searchParams.get('error')).toBe('server_error');
    expect(bff.rig.issued.size).toBe(3);
    expect(await liveRefreshTokens()).toBe(0);
  });

  it('when its ID token does not say when somebody authenticated', async () => {
    leaveOutAuthTime();
    const { location } = await reachCallback(browser, bff.publicUrl);
    expect(location.searchParams.get('error')).toBe('server_error');
    expect(bff.logged.join('')).toContain('auth_time');
    expect(bff.rig.issued.size).toBe(3);
    expect(await liveRefreshTokens()).toBe(0);
  });

  it.each([[['handles']], [['handles', 'sign_outs']]])('when the database does not take it: %s', async (tables) => {
    await expect(without(tables, () => reachCallback(browser, bff.publicUrl))).rejects.toThrow('no callback: 500');
    expect(bff.rig.issued.size).toBe(3);
    expect(await liveRefreshTokens()).toBe(0);
  });

  it('when the page fetches it too late', async () => {
    const { location, verifier } = await reachCallback(browser, bff.publicUrl);
    bff.advance(61_000);
    await redeem(location, verifier, 'handle');
  });

  it('when the page has not its verifier', async () => {
    const { location } = await reachCallback(browser, bff.publicUrl);
    await redeem(location, 'x'.repeat(43), 'pkce');
  });

  it('when the session cannot be made', async () => {
    const { location, verifier } = await reachCallback(browser, bff.publicUrl);
    const form = { code: location.searchParams.get('code') ?? '', code_verifier: verifier };
    expect((await without(['sessions'], () => postToken(browser, bff.publicUrl, form))).status).toBe(500);
    expect(await liveRefreshTokens()).toBe(0);
  });
});

async function redeem(location: URL, verifier: string, refusal: string): Promise<void> {
  expect(await liveRefreshTokens()).toBe(1);
  const form = { code: location.searchParams.get('code') ?? '', code_verifier: verifier };
  const answer = await postToken(browser, bff.publicUrl, form);
  expect(answer.json()).toMatchObject({ error_description: refusal });
  expect(await liveRefreshTokens()).toBe(0);
}
