import { type RawBuilder, sql } from 'kysely';
import type { Database } from '../tables.ts';
import { countFromCounts } from './count-users.ts';
import { narrowByAny } from './narrow-users.ts';
import type { UserCondition } from './user-condition.ts';
import { allOf } from './user-condition-sql.ts';

/** To look at one by way of the index takes four times as long as the next row in the file does. */
const DEARER = 4;

/**
 * How many users satisfy all conditions, by looking at each who may: those of the index of parts of names, or, when these
 * are many, everybody in the order of the file. An order's index would lead from one end of the file to the other.
 */
export async function countOneByOne(db: Database, conditions: readonly UserCondition[]): Promise<number> {
  const matching = allOf(conditions);
  const narrowed = await narrowByAny(db, conditions);
  if (narrowed) {
    const most = Math.floor(((await countFromCounts(db, [])) ?? 0) / DEARER);
    const some = await numberOf(db, sql`SELECT count(*) AS total FROM (SELECT 1 FROM (${narrowed}) LIMIT ${most + 1})`);
    if (some <= most) {
      const users = sql`users INDEXED BY users_by_position`;
      return numberOf(db, sql`SELECT count(*) AS total FROM ${users} WHERE position IN (${narrowed}) AND ${matching}`);
    }
  }
  const users = conditions.some(readsTexts)
    ? sql`users NOT INDEXED`
    : sql`users INDEXED BY users_in_order_of_created_at`;
  return numberOf(db, sql`SELECT count(*) AS total FROM ${users} WHERE ${matching}`);
}

/** Whether it takes more of a row than every order's index has. */
function readsTexts(condition: UserCondition): boolean {
  switch (condition.kind) {
    case 'text':
    case 'emails':
      return true;
    case 'or':
    case 'and':
      return condition.conditions.some(readsTexts);
    case 'not':
      return readsTexts(condition.condition);
    case 'ids':
    case 'metadataKey':
    case 'metadataValue':
    case 'state':
    case 'type':
    case 'organisation':
    case 'organisations':
      return false;
  }
}

async function numberOf(db: Database, query: RawBuilder<unknown>): Promise<number> {
  const { rows } = await sql<{ total: number }>`${query}`.execute(db);
  return rows[0]?.total ?? 0;
}
