import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { toStoredEvent } from './event-store.ts';
import { reduce } from './reduce.ts';
import type { Database, Tables } from './tables.ts';

/** Tables that are read from events. The outbox is not: messages are no state of anybody's. */
const READ_TABLES: readonly Exclude<keyof Tables, 'events' | 'outbox' | 'user_counts'>[] = [
  'users',
  'factors',
  'codes',
  'instances',
  'organisations',
  'members',
  'personal_access_tokens',
  'user_metadata',
  'login_policies',
  'login_policy_factors',
  'sessions',
  'projects',
  'applications',
  'application_keys',
];

/** Kept by triggers on `users`. */
const COUNTED = ['user_counts'] as const;

/** Events held in memory at a time. */
const BATCH = 1_000;

/**
 * Empties the tables and reads them from the events again, through a transaction's handle: all or nothing.
 *
 * @param progress is told how many events were read so far.
 * @returns how many events there were.
 * @throws UnknownEvent
 */
export async function rebuildTables(db: Database, progress: (events: number) => void = () => {}): Promise<number> {
  for (const table of READ_TABLES) await db.deleteFrom(table).execute();
  let position = 0;
  let count = 0;
  for (;;) {
    const rows = await db
      .selectFrom('events')
      .selectAll()
      .where('position', '>', position)
      .orderBy('position')
      .limit(BATCH)
      .execute();
    for (const row of rows) await reduce(db, toStoredEvent(row));
    count += rows.length;
    const last = rows.at(-1);
    if (!last) return count;
    position = last.position;
    progress(count);
  }
}

/** A digest of each table's rows in the order of their keys, read one by one: equal tables, equal digests. */
export async function digestTables(db: Database): Promise<Readonly<Record<string, string>>> {
  const digests: Record<string, string> = {};
  for (const table of [...READ_TABLES, ...COUNTED]) {
    const hash = createHash('sha256');
    const keys = await primaryKeyOf(db, table);
    const order = sql.join(keys.map((key) => sql.ref(key)));
    const rows = db.selectFrom(table).selectAll().orderBy(order).stream();
    for await (const row of rows) hash.update(JSON.stringify(row));
    digests[table] = hash.digest('hex');
  }
  return digests;
}

async function primaryKeyOf(db: Database, table: string): Promise<readonly string[]> {
  const { rows } = await sql<{ name: string; pk: number }>`PRAGMA table_info(${sql.raw(table)})`.execute(db);
  return rows.filter((row) => row.pk > 0).map((row) => row.name);
}
