import { type ExpressionWrapper, type SqlBool, sql } from 'kysely';
import type { UserKind, UserState } from '../domain/user.ts';
import type { Database } from './event-store.ts';
import type { Tables, UserTable } from './tables.ts';
import { matchesText, type TextMethod } from './text-match.ts';

export type UserTextColumn =
  | 'username'
  | 'given_name'
  | 'family_name'
  | 'nick_name'
  | 'display_name'
  | 'email'
  | 'phone';

/** A condition on users, as ZITADEL's queries are built. */
export type UserCondition =
  | { readonly kind: 'text'; readonly column: UserTextColumn; readonly method: TextMethod; readonly text: string }
  | { readonly kind: 'state'; readonly state: UserState | undefined }
  | { readonly kind: 'type'; readonly type: UserKind | undefined }
  | { readonly kind: 'ids'; readonly ids: readonly string[] }
  | { readonly kind: 'emails'; readonly emails: readonly string[] }
  | { readonly kind: 'organisation'; readonly id: string }
  | { readonly kind: 'or' | 'and'; readonly conditions: readonly UserCondition[] }
  | { readonly kind: 'not'; readonly condition: UserCondition };

export type UserOrder =
  | 'id'
  | 'username'
  | 'given_name'
  | 'family_name'
  | 'nick_name'
  | 'display_name'
  | 'email'
  | 'state'
  | 'kind'
  | 'created_at';

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

/** A page of users, and how many there are. */
export async function searchUsers(db: Database, search: UserSearch): Promise<FoundUsers> {
  const filtered = db
    .selectFrom('users')
    .$if(search.conditions.length > 0, (query) =>
      query.where((where) => where.and(search.conditions.map((condition) => toSql(where, condition)))),
    )
    .$if(search.visible.organisations !== 'all', (query) =>
      query.where((where) => {
        const { organisations, self } = search.visible;
        const inOrganisation = where('organisation_id', 'in', organisations === 'all' ? [] : [...organisations]);
        return self ? where.or([inOrganisation, where('id', '=', self)]) : inOrganisation;
      }),
    );
  const direction = search.ascending ? 'asc' : 'desc';
  const column = search.order === 'id' || search.order === 'created_at' ? search.order : nocase(search.order);
  const { total } = await filtered.select((where) => where.fn.countAll<number>().as('total')).executeTakeFirstOrThrow();
  if (total === 0) return { total, users: [] };
  const users = await filtered
    .selectAll()
    .orderBy(column, direction)
    .orderBy('id', direction)
    // SQLite wants a limit before an offset; -1 is none.
    .limit(search.limit ?? -1)
    .offset(search.offset)
    .execute();
  return { total, users };
}

/** Names are ordered without regard to case, as ZITADEL does (it orders by lower()). */
function nocase(column: Exclude<UserOrder, 'id' | 'created_at'>) {
  return sql`${sql.ref(column)} COLLATE NOCASE`;
}

type Where = import('kysely').ExpressionBuilder<Tables, 'users'>;

function toSql(where: Where, condition: UserCondition): ExpressionWrapper<Tables, 'users', SqlBool> {
  switch (condition.kind) {
    case 'text':
      return where.and([matchesText(condition.column, condition.method, condition.text)]);
    case 'state':
      return condition.state ? where('state', '=', condition.state) : where.and([sql<boolean>`0`]);
    case 'type':
      return condition.type ? where('kind', '=', condition.type) : where.and([sql<boolean>`0`]);
    case 'ids':
      return where('id', 'in', [...condition.ids]);
    case 'emails':
      return where('email', 'in', [...condition.emails]);
    case 'organisation':
      return where('organisation_id', '=', condition.id);
    case 'or':
      return where.or(condition.conditions.map((each) => toSql(where, each)));
    case 'and':
      return where.and(condition.conditions.map((each) => toSql(where, each)));
    case 'not':
      return where.not(toSql(where, condition.condition));
  }
}
