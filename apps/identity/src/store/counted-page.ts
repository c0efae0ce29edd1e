import { type Expression, type SqlBool, sql } from 'kysely';
import type { Database, Tables } from './tables.ts';

export interface PageRequest<Order extends string> {
  readonly order: Order;
  readonly ascending: boolean;
  readonly offset: number;
  /** Default: no limit. */
  readonly limit?: number;
}

/**
 * A page of the rows that satisfy all conditions, and how many do. As in ZITADEL the page is cut before it is looked at
 * what of it may be seen, and beyond the last page nothing is counted.
 */
export async function readCountedPage<Table extends 'organisations' | 'sessions'>(
  db: Database,
  table: Table,
  conditions: readonly Expression<SqlBool>[],
  page: PageRequest<string & keyof Tables[Table]>,
): Promise<{ readonly total: number; readonly rows: readonly Tables[Table][] }> {
  const matching = sql`FROM ${sql.table(table)} WHERE ${sql.join([sql`1`, ...conditions], sql` AND `)}`;
  const direction = sql.raw(page.ascending ? 'ASC' : 'DESC');
  const { rows } = await sql<Tables[Table]>`
    SELECT * ${matching} ORDER BY ${sql.ref(page.order)} ${direction}, id ${direction}
    LIMIT ${page.limit ?? -1} OFFSET ${page.offset}`.execute(db);
  if (rows.length === 0) return { total: 0, rows };
  const counted = await sql<{ total: number }>`SELECT count(*) AS total ${matching}`.execute(db);
  return { total: counted.rows[0]?.total ?? 0, rows };
}
