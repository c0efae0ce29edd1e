import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createBrowser, fromOurPage, navigation } from '../../testing/browser.ts';
import { getSession, signIn } from '../../testing/sign-in.ts';
import { startTestBff, type TestBff } from '../../testing/start-test-bff.ts';
import { dumpDatabase } from '../../testing/test-database.ts';

interface KeyFile {
  keys: { kid: string; key: string }[];
}

let bff: TestBff;

beforeAll(async () => {
  bff = await startTestBff({ accessTokenLifetime: 60 });
});
afterAll(() => bff.stop());

/** A key file after `change`, with a process that has read it. */
async function withKeys(change: (keys: KeyFile['keys']) => KeyFile['keys'], name = 'session-keys.json'): Promise<void> {
  const file = join(bff.data, 'bff', name);
  const { keys } = JSON.parse(readFileSync(file, 'utf8')) as KeyFile;
  writeFileSync(file, JSON.stringify({ keys: change(keys) }));
  await bff.restart();
}

const inFront = (keys: KeyFile['keys']) => [{ kid: 'new-key', key: randomBytes(32).toString('base64url') }, ...keys];

async function signedIn(sub: string) {
  bff.rig.person = { ...bff.rig.person, sub };
  const browser = createBrowser();
  await signIn(browser, bff.publicUrl);
  return async () => (await getSession(browser, bff.publicUrl)).status;
}

/** All rows as they lie in the database, with the ids of their keys. */
async function atRest(table: 'sessions' | 'sign_outs'): Promise<string> {
  return dumpDatabase(bff.environment.LATCHKEY_DATABASE_URL || join(bff.data, 'bff', 'latchkey.db'), [table]);
}

it('a new key in front seals, the former one still opens, and taking it out ends only what it sealed', async () => {
  const [early, refreshed] = [await signedIn('early'), createBrowser()];
  bff.rig.person = { ...bff.rig.person, sub: 'refreshed' };
  await signIn(refreshed, bff.publicUrl);

  await withKeys(inFront);
  expect(await early()).toBe(200);
  expect(await atRest('sessions')).not.toContain('new-key');
  const late = await signedIn('late');
  expect(await atRest('sessions')).toContain('new-key');
  // A refresh seals anew, with the key that is in front now.
  bff.advance(55_000);
  expect((await refreshed.request(`${bff.publicUrl}/bff/api/users`, { headers: fromOurPage })).status).toBe(200);

  await withKeys((keys) => keys.filter(({ kid }) => kid === 'new-key'));
  expect([await early(), await late()]).toEqual([401, 200]);
  expect((await getSession(refreshed, bff.publicUrl)).status).toBe(200);
});

it('a token that waits to be revoked outlasts a new key for those that wait', async () => {
  const browser = createBrowser();
  bff.rig.issued.clear();
  await signIn(browser, bff.publicUrl);
  const live = async () => {
    const states = await Promise.all([...bff.rig.issued].map((token) => bff.rig.isRefreshTokenLive(token)));
    return states.filter(Boolean).length;
  };
  bff.rig.interrupt = (_req, res, path) => {
    if (path === '/token/revocation') res.writeHead(503).end();
    return path === '/token/revocation';
  };
  await browser.request(`${bff.publicUrl}/bff/oidc/logout`, { headers: navigation });
  const waiting = () => atRest('sign_outs');
  expect([await live(), await waiting()]).toEqual([1, expect.stringContaining('"attempts":0')]);

  await withKeys(inFront, 'sign-out-keys.json');
  expect(await waiting()).not.toContain('new-key');
  bff.rig.interrupt = undefined;
  bff.advance(60_000);
  await expect.poll(live, { timeout: 9_000 }).toBe(0);
  await expect.poll(waiting).toBe('[[]]');
});
