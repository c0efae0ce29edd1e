import { type RawBuilder, sql } from 'kysely';
import type { Database, UserTable } from './tables.ts';
import { countOneByOne } from './user-index/count-one-by-one.ts';
import { countFromCounts } from './user-index/count-users.ts';
import { findCandidates } from './user-index/user-candidates.ts';
import type { UserCondition } from './user-index/user-condition.ts';
import { allOf } from './user-index/user-condition-sql.ts';
import { ORDER_INDEX } from './user-index/user-search-schema.ts';

/** By which column a list is ordered, and then by id. */
export type UserOrder = keyof typeof ORDER_INDEX;

export interface UserSearch {
  readonly conditions: readonly UserCondition[];
  /** Organisations whose users may be seen, or all; with `self`, oneself as well. */
  readonly visible: { readonly organisations: 'all' | readonly string[]; readonly self?: string };
  readonly order: UserOrder;
  readonly ascending: boolean;
  readonly offset: number;
  /** Default: no limit. */
  readonly limit?: number;
}

export interface FoundUsers {
  /** Of all that match, not only of this page. */
  readonly total: number;
  readonly users: readonly UserTable[];
}

/**
 * A page of users, and how many there are. When the conditions name few, they are looked up and put in order; else the
 * index of the order is walked through until the page is full (docs/decisions/0040-search-at-scale.md). SQLite is told
 * which: it keeps no statistics of ours and would guess wrong.
 */
export async function searchUsers(db: Database, search: UserSearch): Promise<FoundUsers> {
  const { organisations, self } = search.visible;
  const conditions: readonly UserCondition[] =
    organisations === 'all'
      ? search.conditions
      : [...search.conditions, { kind: 'organisations', ids: organisations, ...(self && { self }) }];
  const direction = sql.raw(search.ascending ? 'ASC' : 'DESC');
  const order = sql`ORDER BY ${orderOf(search.order)} ${direction}, id ${direction}`;
  const candidates = await findCandidates(db, conditions);
  if (candidates) {
    const few = await sql<{ id: string }>`
      SELECT id FROM users INDEXED BY users_by_position
      WHERE position IN (SELECT value FROM json_each(${JSON.stringify(candidates)})) AND ${allOf(conditions)}
      ${order}`.execute(db);
    const page = few.rows.slice(search.offset, search.limit === undefined ? undefined : search.offset + search.limit);
    return { total: few.rows.length, users: await loadInOrder(db, page) };
  }
  const matching = sql`FROM users INDEXED BY ${sql.ref(ORDER_INDEX[search.order])} WHERE ${allOf(conditions)}`;
  const total = (await countFromCounts(db, conditions)) ?? (await countOneByOne(db, conditions));
  if (total === 0) return { total, users: [] };
  const page = await sql<{ id: string }>`
    SELECT id ${matching} ${order} LIMIT ${search.limit ?? -1} OFFSET ${search.offset}`.execute(db);
  return { total, users: await loadInOrder(db, page.rows) };
}

/** Names are ordered without regard to case, as ZITADEL does (it orders by lower()). */
function orderOf(order: UserOrder): RawBuilder<unknown> {
  return order === 'id' || order === 'created_at' ? sql.ref(order) : sql`${sql.ref(order)} COLLATE NOCASE`;
}

/** Rows by thousands: a statement takes no more than 32,766 values. */
async function loadInOrder(db: Database, page: readonly { readonly id: string }[]): Promise<readonly UserTable[]> {
  const users: UserTable[] = [];
  for (let at = 0; at < page.length; at += 1_000) {
    const ids = page.slice(at, at + 1_000).map(({ id }) => id);
    const rows = await db.selectFrom('users').selectAll().where('id', 'in', ids).execute();
    const byId = new Map(rows.map((row) => [row.id, row]));
    users.push(...ids.flatMap((id) => byId.get(id) ?? []));
  }
  return users;
}
