import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { startBffProcess } from '../testing/bff-process.ts';
import { startOidcRig } from '../testing/oidc-rig.ts';
import { createTestDatabase, type TestDatabase } from '../testing/test-database.ts';
import { migrations } from './migrations.ts';
import { openStore, type Store } from './open-store.ts';
import { sweepStore } from './sweep.ts';

let data: string;
let database: TestDatabase;
const opened: Store[] = [];

beforeEach(async () => {
  data = mkdtempSync(join(tmpdir(), 'latchkey-store-'));
  database = await createTestDatabase();
});
afterEach(async () => {
  await Promise.all(opened.splice(0).map((store) => store.destroy()));
  await database.drop();
  rmSync(data, { recursive: true, force: true });
});

async function open(): Promise<Store> {
  const store = await openStore(data, database.url || undefined);
  opened.push(store);
  return store;
}

it('is brought to the newest version once by several processes that start at the same time', async () => {
  const publicUrl = 'http://localhost:3000';
  const rig = await startOidcRig({ publicUrl, folder: data });
  const environment = {
    LATCHKEY_DATA: data,
    LATCHKEY_ISSUER: rig.issuer,
    LATCHKEY_CLIENT_KEY_FILE: rig.keyFile,
    LATCHKEY_DATABASE_URL: database.url,
  };
  const processes = await Promise.all([1, 2, 3].map(() => startBffProcess(environment)));
  const exits = await Promise.all(processes.map((process) => process.stop()));
  await rig.stop();
  expect(exits).toEqual([0, 0, 0]);
  const store = await open();
  const { rows } = await sql<{ name: string }>`select name from kysely_migration order by name`.execute(store);
  expect(rows.map(({ name }) => name)).toEqual(Object.keys(migrations));
}, 120_000);

it('loses what has expired, and keeps the rest', async () => {
  const store = await open();
  const handle = { bind_hash: 'b', page_challenge: 'c', kid: 'k', sealed: 's' };
  await store
    .insertInto('handles')
    .values({ ...handle, handle_hash: 'old', expires_at: 999 })
    .execute();
  await store
    .insertInto('handles')
    .values({ ...handle, handle_hash: 'new', expires_at: 1001 })
    .execute();
  await sweepStore(store, 1000);
  expect(await store.selectFrom('handles').select('handle_hash').execute()).toEqual([{ handle_hash: 'new' }]);
});
