import { type RawBuilder, sql } from 'kysely';
import type { Database } from '../tables.ts';
import type { UserCondition } from './user-condition.ts';
import { allOf } from './user-condition-sql.ts';

/**
 * How many users satisfy all conditions, from the counts that are kept.
 *
 * @returns undefined when the conditions are about more than organisation, kind and state.
 */
export async function countFromCounts(db: Database, conditions: readonly UserCondition[]): Promise<number | undefined> {
  const where: RawBuilder<unknown>[] = [];
  let narrowed = false;
  let self: string | undefined;
  for (const each of conditions) {
    switch (each.kind) {
      case 'state':
        where.push(sql`state = ${each.state ?? ''}`);
        break;
      case 'type':
        where.push(sql`kind = ${each.type ?? ''}`);
        break;
      case 'organisation':
        narrowed = true;
        where.push(sql`organisation_id = ${each.id}`);
        break;
      case 'organisations':
        narrowed = true;
        self = each.self;
        where.push(sql`organisation_id IN (${sql.join([...each.ids])})`);
        break;
      default:
        return undefined;
    }
  }
  // '' has the sum of all organisations.
  where.push(narrowed ? sql`organisation_id <> ''` : sql`organisation_id = ''`);
  const total = sql`SELECT coalesce(sum(users), 0) AS total FROM user_counts WHERE ${sql.join(where, sql` AND `)}`;
  const { rows } = await sql<{ total: number }>`${total}`.execute(db);
  return (rows[0]?.total ?? 0) + (self === undefined ? 0 : await countSelf(db, conditions, self));
}

/** One sees oneself, whether or not one sees one's organisation. */
async function countSelf(db: Database, conditions: readonly UserCondition[], self: string): Promise<number> {
  const elsewhere = conditions.flatMap((each) => (each.kind === 'organisations' ? [...each.ids] : []));
  const { rows } = await sql<{ total: number }>`
    SELECT count(*) AS total FROM users
    WHERE id = ${self} AND organisation_id NOT IN (${sql.join(elsewhere)}) AND ${allOf(conditions)}`.execute(db);
  return rows[0]?.total ?? 0;
}
