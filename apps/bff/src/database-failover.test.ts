import { isDatabaseLost } from '@latchkey/database/is-database-lost';
import { openDatabase } from '@latchkey/database/open-database';
import { type PostgresServer, startPostgres } from '@latchkey/test-kit/postgres-server';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createBrowser } from './testing/browser.ts';
import { getSession, signIn } from './testing/sign-in.ts';
import { startTestBff, type TestBff } from './testing/start-test-bff.ts';

let postgres: PostgresServer;
let bff: TestBff;
beforeAll(async () => {
  postgres = await startPostgres();
  bff = await startTestBff({ environment: { LATCHKEY_DATABASE_URL: postgres.url } });
});
afterAll(async () => {
  await bff?.stop();
  await postgres?.stop();
});

const ready = async () => {
  const answer = await fetch(`${bff.publicUrl}/readyz`);
  return [answer.status, Reflect.get(Object(await answer.json()), 'database')];
};

it('a database that goes away and comes back costs requests and no sessions, and needs no restart', async () => {
  const browsers = await Promise.all(
    Array.from({ length: 3 }, async () => {
      const browser = createBrowser();
      await signIn(browser, bff.publicUrl);
      return browser;
    }),
  );
  const statuses = () =>
    Promise.all(browsers.map(async (browser) => (await getSession(browser, bff.publicUrl)).status));
  expect(await statuses()).toEqual([200, 200, 200]);
  expect(await ready()).toEqual([200, 'ok']);

  // Some are being answered while it goes.
  const during = Promise.all(Array.from({ length: 20 }, statuses));
  await postgres.takeDown();
  expect((await during).flat().filter((status) => status !== 200 && status !== 503)).toEqual([]);

  for (const browser of browsers) {
    const refused = await getSession(browser, bff.publicUrl);
    expect([refused.status, refused.json()]).toMatchObject([503, { code: 'store_unavailable' }]);
    // The cookie stays: nobody is signed out by what they had no part in.
    expect(refused.headers.getSetCookie()).toEqual([]);
  }
  expect(await ready()).toEqual([503, 'unavailable']);
  expect((await fetch(`${bff.publicUrl}/healthz`)).status).toBe(200);

  await postgres.bringUp();
  await expect.poll(ready, { timeout: 30_000 }).toEqual([200, 'ok']);
  expect(await statuses()).toEqual([200, 200, 200]);
  const newcomer = createBrowser();
  await signIn(newcomer, bff.publicUrl);
  expect((await getSession(newcomer, bff.publicUrl)).status).toBe(200);
}, 120_000);

it('a connection that breaks between two queries of a transaction ends that and nothing else', async () => {
  const { db } = openDatabase(postgres.url);
  const transaction = db.transaction().execute(async (queries) => {
    await sql`select 1`.execute(queries);
    await postgres.takeDown();
    await postgres.bringUp();
    await sql`select 1`.execute(queries);
  });
  expect(isDatabaseLost(await transaction.catch((error: unknown) => error))).toBe(true);
  // After such a fall it takes connections a moment before it answers.
  const one = () => sql<{ one: number }>`select 1 as one`.execute(db).then(({ rows }) => rows, isDatabaseLost);
  await expect.poll(one, { timeout: 30_000 }).toEqual([{ one: 1 }]);
  await db.destroy();
}, 120_000);

it('a server that takes a statement and never answers is given up, and nothing of the transaction lives on', async () => {
  const { db } = openDatabase<{ kept: { n: number } }>(postgres.url, 400);
  await sql`create table kept (n integer)`.execute(db);
  const add = (n: number, queries: Pick<typeof db, 'insertInto'> = db) =>
    queries.insertInto('kept').values({ n }).execute();
  const hangs = db.transaction().execute(async (queries) => {
    await add(1, queries);
    await sql`select pg_sleep(2)`.execute(queries);
  });
  expect(isDatabaseLost(await hangs.catch((error: unknown) => error))).toBe(true);
  await db.transaction().execute((queries) => add(2, queries));
  await new Promise((resolve) => setTimeout(resolve, 2_500));
  await db.transaction().execute((queries) => add(3, queries));
  expect(await db.selectFrom('kept').select('n').orderBy('n').execute()).toEqual([{ n: 2 }, { n: 3 }]);
  await db.destroy();
}, 120_000);
