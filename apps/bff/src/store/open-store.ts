import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { migrate } from '@latchkey/database/migrate';
import { openDatabase } from '@latchkey/database/open-database';
import { type Kysely, sql } from 'kysely';
import { migrations } from './migrations.ts';
import type { Tables } from './tables.ts';

export type Store = Kysely<Tables>;

/**
 * Opens the BFF's database and brings it to the newest version.
 *
 * @param data the data folder; without `databaseUrl` the database is the file `bff/latchkey.db` in it.
 * @param databaseUrl `postgres://…` for many processes.
 * @throws Error when it cannot be opened or migrated.
 */
export async function openStore(data: string, databaseUrl: string | undefined): Promise<Store> {
  const folder = join(data, 'bff');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (databaseUrl !== undefined) await migrateWithPatience(databaseUrl);
  const { db } = openDatabase<Tables>(databaseUrl ?? join(folder, 'latchkey.db'));
  await migrate(db, migrations);
  return db;
}

/** A migration takes as long as it takes, and waits for that of another process: longer than any other statement may. */
async function migrateWithPatience(databaseUrl: string): Promise<void> {
  const { db } = openDatabase<Tables>(databaseUrl, 0);
  try {
    await migrate(db, migrations);
  } finally {
    await db.destroy();
  }
}

/** @throws Error when the database does not answer. */
export async function checkStore(store: Store): Promise<void> {
  await sql`select 1`.execute(store);
}
