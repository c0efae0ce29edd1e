import { CompiledQuery, sql } from 'kysely';
import type { Database } from './tables.ts';
import { USER_INDICES } from './user-index/user-search-schema.ts';

/** Rows in one statement: of the widest table as many as 32,766 values allow, and a good many. */
const AT_ONCE = 200;

type Value = string | number | null;

/** Writes many rows, far faster than one by one. @param rows values in the order of the columns. */
export async function insertRows(
  db: Database,
  table: string,
  columns: readonly string[],
  rows: readonly (readonly Value[])[],
): Promise<void> {
  const head = `INSERT INTO ${table} (${columns.join(', ')}) VALUES `;
  const row = `(${columns.map(() => '?').join(', ')})`;
  for (let at = 0; at < rows.length; at += AT_ONCE) {
    const part = rows.slice(at, at + AT_ONCE);
    // Few texts, each of which is prepared once: full parts have one, the last ones of a batch differ.
    const text = head + Array.from(part, () => row).join(', ');
    await db.executeQuery(CompiledQuery.raw(text, part.flat()));
  }
}

/** Takes the indices away that are made faster at the end. Whoever opens the store makes them anew. */
export async function dropUserIndices(db: Database): Promise<void> {
  for (const statement of USER_INDICES) {
    const name = /EXISTS (\w+)/.exec(statement)?.[1];
    if (name) await sql.raw(`DROP INDEX IF EXISTS ${name}`).execute(db);
  }
}

export async function makeUserIndices(db: Database): Promise<void> {
  for (const statement of USER_INDICES) await sql.raw(statement).execute(db);
}
