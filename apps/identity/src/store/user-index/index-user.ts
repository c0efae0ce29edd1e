import { sql } from 'kysely';
import type { Database } from '../tables.ts';
import { gramsOf, SEARCHED } from './grams.ts';

/** Brings the index of parts of names to where the user's row is. The row's removal takes them out by a trigger. */
export async function indexUser(db: Database, id: string): Promise<void> {
  const row = await db
    .selectFrom('users')
    .select(['position', ...SEARCHED])
    .where('id', '=', id)
    .executeTakeFirst();
  if (!row) return;
  await sql`INSERT OR REPLACE INTO user_grams (rowid, grams) VALUES (${row.position}, ${gramsOf(row)})`.execute(db);
}
