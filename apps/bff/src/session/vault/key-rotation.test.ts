import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createBrowser, fromOurPage } from '../../testing/browser.ts';
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

/** The key file after `change`, with a process that has read it. */
async function withKeys(change: (keys: KeyFile['keys']) => KeyFile['keys']): Promise<void> {
  const file = join(bff.data, 'bff', 'session-keys.json');
  const { keys } = JSON.parse(readFileSync(file, 'utf8')) as KeyFile;
  writeFileSync(file, JSON.stringify({ keys: change(keys) }));
  await bff.restart();
}

async function signedIn(sub: string) {
  bff.rig.person = { ...bff.rig.person, sub };
  const browser = createBrowser();
  await signIn(browser, bff.publicUrl);
  return async () => (await getSession(browser, bff.publicUrl)).status;
}

/** All sessions as they lie in the database, with the ids of their keys. */
async function sessionsAtRest(): Promise<string> {
  return dumpDatabase(bff.environment.LATCHKEY_DATABASE_URL || join(bff.data, 'bff', 'latchkey.db'), ['sessions']);
}

it('a new key in front seals, the former one still opens, and taking it out ends only what it sealed', async () => {
  const [early, refreshed] = [await signedIn('early'), createBrowser()];
  bff.rig.person = { ...bff.rig.person, sub: 'refreshed' };
  await signIn(refreshed, bff.publicUrl);

  await withKeys((keys) => [{ kid: 'new-key', key: randomBytes(32).toString('base64url') }, ...keys]);
  expect(await early()).toBe(200);
  expect(await sessionsAtRest()).not.toContain('new-key');
  const late = await signedIn('late');
  expect(await sessionsAtRest()).toContain('new-key');
  // A refresh seals anew, with the key that is in front now.
  bff.advance(55_000);
  expect((await refreshed.request(`${bff.publicUrl}/bff/api/users`, { headers: fromOurPage })).status).toBe(200);

  await withKeys((keys) => keys.filter(({ kid }) => kid === 'new-key'));
  expect([await early(), await late()]).toEqual([401, 200]);
  expect((await getSession(refreshed, bff.publicUrl)).status).toBe(200);
});
