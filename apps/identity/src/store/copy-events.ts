import { migrate } from '@latchkey/database/migrate';
import { openDatabase } from '@latchkey/database/open-database';
import { sql } from 'kysely';
import { migrations } from './migrations.ts';
import { rebuildTables } from './rebuild.ts';
import type { Database, Tables } from './tables.ts';

/**
 * Makes a database that is as the other one was after an event: the events up to it, and the tables read from them.
 * The next event gets the position after it.
 *
 * @param file path of the new database; there must be none.
 * @param last position of the last event to copy.
 * @returns how many events there are in it.
 */
export async function copyEvents(from: Database, file: string, last: number): Promise<number> {
  const { db } = openDatabase<Tables>(file);
  try {
    await migrate(db, migrations);
    const rows = await from
      .selectFrom('events')
      .selectAll()
      .where('position', '<=', last)
      .orderBy('position')
      .execute();
    const count = await db.transaction().execute(async (change) => {
      for (const row of rows) await change.insertInto('events').values(row).execute();
      return rebuildTables(change);
    });
    // Everything into the one file, which is about to be moved; the next to open it takes up the log again.
    await sql`PRAGMA journal_mode = DELETE`.execute(db);
    return count;
  } finally {
    await db.destroy();
  }
}
