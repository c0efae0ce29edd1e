import { sql } from 'kysely';
import type { Database } from '../event-store.ts';
import type { UserTable } from '../tables.ts';
import { gramsOf } from './grams.ts';

/** What users are searched by. */
export const SEARCHED = [
  'username',
  'given_name',
  'family_name',
  'nick_name',
  'display_name',
  'email',
  'phone',
] as const satisfies readonly (keyof UserTable)[];

/** Brings the index of parts of names to where the user's row is. The row's removal takes them out by a trigger. */
export async function indexUser(db: Database, id: string): Promise<void> {
  const row = await db
    .selectFrom('users')
    .select(['position', ...SEARCHED])
    .where('id', '=', id)
    .executeTakeFirst();
  if (!row) return;
  const grams = gramsOf(SEARCHED.map((column) => row[column]));
  await sql`INSERT OR REPLACE INTO user_grams (rowid, grams) VALUES (${row.position}, ${grams})`.execute(db);
}
