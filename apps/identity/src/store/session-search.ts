import type { Expression, ExpressionBuilder, SqlBool } from 'kysely';
import type { SessionTable } from './session-tables.ts';
import type { Database, Tables } from './tables.ts';

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

export interface SessionSearch {
  readonly conditions: readonly SessionCondition[];
  readonly visible: SessionVisibility;
  readonly order: 'id' | 'created_at';
  readonly ascending: boolean;
  readonly offset: number;
  readonly limit?: number;
}

/**
 * A page of sessions of which the caller sees what they may, and how many match. As in ZITADEL the page is cut before it
 * is looked at what of it may be seen, and beyond the last page nothing is counted.
 */
export async function searchSessions(
  db: Database,
  search: SessionSearch,
): Promise<{ readonly total: number; readonly sessions: readonly SessionTable[] }> {
  const matching = db
    .selectFrom('sessions')
    .where((where) => where.and(search.conditions.map((condition) => toSql(where, condition))));
  const direction = search.ascending ? 'asc' : 'desc';
  const page = await matching
    .selectAll()
    .orderBy(search.order, direction)
    .orderBy('id', direction)
    .limit(search.limit ?? -1)
    .offset(search.offset)
    .execute();
  if (page.length === 0) return { total: 0, sessions: [] };
  const { total } = await matching.select((where) => where.fn.countAll<number>().as('total')).executeTakeFirstOrThrow();
  return { total, sessions: page.filter((session) => isVisible(session, search.visible)) };
}

type Where = ExpressionBuilder<Tables, 'sessions'>;

function isVisible(session: SessionTable, { organisations, userId, fingerprintId }: SessionVisibility): boolean {
  if (organisations === 'all' || organisations.includes(session.user_organisation_id)) return true;
  if (session.user_id === userId || session.creator === userId) return true;
  return fingerprintId !== '' && session.fingerprint_id === fingerprintId;
}

const OPERATOR = { equals: '=', greater: '>', greaterOrEquals: '>=', less: '<', lessOrEquals: '<=' } as const;

function toSql(where: Where, condition: SessionCondition): Expression<SqlBool> {
  switch (condition.kind) {
    case 'ids':
      return where('id', 'in', [...condition.ids]);
    case 'user':
      // A session that knows no person yet is nobody's.
      return where.and([where('user_id', '=', condition.userId), where('user_id', '!=', '')]);
    case 'creator':
      return where('creator', '=', condition.userId);
    case 'userAgent':
      return where('fingerprint_id', '=', condition.fingerprintId);
    case 'createdAt':
      return where('created_at', OPERATOR[condition.method], condition.at);
    case 'expiresAt':
      return where('expires_at', OPERATOR[condition.method], condition.at);
  }
}
