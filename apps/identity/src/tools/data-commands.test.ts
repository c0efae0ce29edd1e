import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { systemContext } from '../commands/context.ts';
import { removeTotp } from '../commands/factors/remove-factor.ts';
import { removeUser } from '../commands/users/remove-user.ts';
import { readConfiguration } from '../config.ts';
import { openDataFolder } from '../data/folder.ts';
import { FolderInUse, lockFolder } from '../data/folder-lock.ts';
import type { PersonEntry } from '../seed/demo/add-person.ts';
import { prepareInstance } from '../seed/first-start.ts';
import { lastPosition } from '../store/event-store.ts';
import { openStore } from '../store/open-store.ts';
import { digestTables } from '../store/rebuild.ts';
import { searchUsers } from '../store/user-search.ts';
import { rebuild } from './rebuild.ts';
import { reset } from './reset.ts';

let path: string;
const said: string[] = [];
const report = { progress: () => {}, done: (text: string) => said.push(text) };

beforeEach(async () => {
  const base = mkdtempSync(join(tmpdir(), 'identity-'));
  path = join(base, 'identity');
  await prepareInstance(readConfiguration({ LATCHKEY_DATA: base }), 'http://localhost:8080');
  return () => rmSync(base, { recursive: true, force: true });
});

/** What there is, as answers would tell it. */
async function look() {
  const store = await openStore(path);
  const found = await searchUsers(store.db, {
    conditions: [
      { kind: 'text', column: 'email', method: { match: 'contains', ignoreCase: true }, text: 'ALPENBLICK' },
    ],
    visible: { organisations: 'all' },
    order: 'email',
    ascending: true,
    offset: 0,
  });
  const seen = { found: found.total, last: await lastPosition(store.db), tables: await digestTables(store.db) };
  await store.close();
  return seen;
}

async function act(): Promise<void> {
  const people = JSON.parse(readFileSync(join(path, 'people.json'), 'utf8')) as PersonEntry[];
  const store = await openStore(path);
  const [one, other] = people.filter(({ factors }) => factors.some(({ kind }) => kind === 'totp'));
  if (!one || !other) throw new Error('the demo has nobody with an app');
  await removeTotp(systemContext(store), { userId: one.userId });
  await removeUser(systemContext(store), { userId: other.userId });
  await store.db.insertInto('outbox').values({ created_at: 1, recipient_mac: 'x', sealed: 'x' }).execute();
  await store.close();
}

test('a reset brings the first start back: people, factors, positions; and is no change the second time', async () => {
  const first = await look();
  await act();
  expect(await look()).not.toEqual(first);
  for (const _time of ['once', 'twice']) {
    await reset(openDataFolder(path), report);
    expect(await look()).toEqual(first);
  }
  const store = await openStore(path);
  expect(await store.db.selectFrom('outbox').selectAll().execute()).toEqual([]);
  await store.close();
  // And life goes on from there, with the same numbers.
  await act();
  expect((await look()).last).toBeGreaterThan(first.last);
});

test('a rebuild leaves what is right and mends what is not', async () => {
  await act();
  const before = await look();
  expect(await rebuild(openDataFolder(path), report)).toEqual([]);
  const store = await openStore(path);
  await store.db.deleteFrom('factors').execute();
  await store.close();
  expect(await rebuild(openDataFolder(path), report)).toEqual(['factors']);
  expect(await look()).toEqual(before);
  expect(said.at(-1)).toContain('factors');
});

test('a folder is one process’s at a time', async () => {
  const folder = openDataFolder(path);
  const release = await lockFolder(folder);
  await expect(lockFolder(folder)).rejects.toThrow(FolderInUse);
  await release();
  await (await lockFolder(folder))();
});
