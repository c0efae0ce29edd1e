import { type Expression, type SqlBool, sql } from 'kysely';
import { type PageRequest, readCountedPage } from './counted-page.ts';
import type { SessionTable } from './session-tables.ts';
import type { Database } from './tables.ts';

export type TimeMethod = 'equals' | 'greater' | 'greaterOrEquals' | 'less' | 'lessOrEquals';

export type SessionCondition =
  | { readonly kind: 'ids'; readonly ids: readonly string[] }
  | { readonly kind: 'user'; readonly userId: string }
  | { readonly kind: 'creator'; readonly userId: string }
  | { readonly kind: 'userAgent'; readonly fingerprintId: string }
  /** `at`: epoch milliseconds. A session that never expires is found by none of these. */
  | { readonly kind: 'createdAt' | 'expiresAt'; readonly method: TimeMethod; readonly at: number };

/** Whose sessions may be seen. */
export interface SessionVisibility {
  /** Of users of these organisations, or all. */
  readonly organisations: 'all' | readonly string[];
  /** One's own, and those one made. */
  readonly userId: string;
  /** Those of the browser one came with. */
  readonly fingerprintId: string;
}

export interface SessionSearch extends PageRequest<'id' | 'created_at'> {
  readonly conditions: readonly SessionCondition[];
  readonly visible: SessionVisibility;
}

/** A page of sessions, without those that the caller may not see, and how many match. */
export async function searchSessions(
  db: Database,
  search: SessionSearch,
): Promise<{ readonly total: number; readonly sessions: readonly SessionTable[] }> {
  const { total, rows } = await readCountedPage(db, 'sessions', search.conditions.map(toSql), search);
  return { total, sessions: rows.filter((session) => isVisible(session, search.visible)) };
}

function isVisible(session: SessionTable, { organisations, userId, fingerprintId }: SessionVisibility): boolean {
  if (organisations === 'all' || organisations.includes(session.user_organisation_id)) return true;
  if (session.user_id === userId || session.creator === userId) return true;
  return fingerprintId !== '' && session.fingerprint_id === fingerprintId;
}

const OPERATOR = {
  equals: sql`=`,
  greater: sql`>`,
  greaterOrEquals: sql`>=`,
  less: sql`<`,
  lessOrEquals: sql`<=`,
} as const;

function toSql(condition: SessionCondition): Expression<SqlBool> {
  switch (condition.kind) {
    case 'ids':
      return sql`id IN (${sql.join([...condition.ids])})`;
    case 'user':
      // A session that knows no person yet is nobody's.
      return sql`(user_id = ${condition.userId} AND user_id != '')`;
    case 'creator':
      return sql`creator = ${condition.userId}`;
    case 'userAgent':
      return sql`fingerprint_id = ${condition.fingerprintId}`;
    case 'createdAt':
      return sql`created_at ${OPERATOR[condition.method]} ${condition.at}`;
    case 'expiresAt':
      return sql`expires_at ${OPERATOR[condition.method]} ${condition.at}`;
  }
}
