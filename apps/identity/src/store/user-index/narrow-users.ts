import { type RawBuilder, sql } from 'kysely';
import type { Database } from '../tables.ts';
import { chooseGrams } from './choose-grams.ts';
import type { UserCondition } from './user-condition.ts';
import { notedUsers } from './user-condition-sql.ts';

/**
 * The statement that reads the positions of everybody who may satisfy a condition, and maybe of others, from an index.
 *
 * @returns undefined when no index tells.
 */
export async function narrowUsers(db: Database, condition: UserCondition): Promise<RawBuilder<unknown> | undefined> {
  switch (condition.kind) {
    case 'text': {
      const query = await chooseGrams(db, condition.column, condition.text);
      if (query === undefined) return undefined;
      return sql`SELECT rowid AS position FROM user_grams WHERE user_grams MATCH ${query}`;
    }
    case 'ids':
      return sql`SELECT position FROM users WHERE id IN (${sql.join([...condition.ids])})`;
    case 'emails': {
      const emails = sql.join([...condition.emails]);
      const index = sql`users INDEXED BY users_in_order_of_email`;
      return sql`SELECT position FROM ${index} WHERE email COLLATE NOCASE IN (${emails})`;
    }
    case 'metadataKey':
    case 'metadataValue':
      return sql`SELECT position FROM users WHERE id IN (${notedUsers(condition)})`;
    case 'or': {
      const parts: RawBuilder<unknown>[] = [];
      for (const each of condition.conditions) {
        const part = await narrowUsers(db, each);
        if (!part) return undefined;
        parts.push(part);
      }
      return parts.length === 0 ? undefined : sql.join(parts, sql` UNION `);
    }
    case 'and':
      return narrowByAny(db, condition.conditions);
    case 'state':
    case 'type':
    case 'organisation':
    case 'organisations':
    case 'not':
      return undefined;
  }
}

/** By the first of the conditions that an index knows of: all must hold. */
export async function narrowByAny(
  db: Database,
  conditions: readonly UserCondition[],
): Promise<RawBuilder<unknown> | undefined> {
  for (const condition of conditions) {
    const narrowed = await narrowUsers(db, condition);
    if (narrowed) return narrowed;
  }
  return undefined;
}
