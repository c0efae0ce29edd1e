import { create } from '@bufbuild/protobuf';
import { type Member, MemberSchema, type SearchQuery } from '@zitadel/proto/zitadel/member_pb.js';
import { sql } from 'kysely';
import { invalidArgument } from '../../domain/errors.ts';
import { loadUser } from '../../store/load.ts';
import type { Database } from '../../store/tables.ts';
import { matchesText } from '../../store/text-match.ts';
import { rowDetailsV1 } from './details.ts';
import { toPaging } from './paging.ts';
import { toTextMethod } from './text-method.ts';

/** Administrators of the instance or of an organisation, with the names of whom they are. */
export async function listMembers(
  db: Database,
  scopeId: string,
  { query, queries }: { readonly query?: Parameters<typeof toPaging>[0]; readonly queries: readonly SearchQuery[] },
): Promise<{ readonly total: number; readonly result: Member[] }> {
  const { offset, limit, ascending } = toPaging(query);
  const rows = await db
    .selectFrom('members')
    .selectAll()
    .where('scope_id', '=', scopeId)
    .where((where) => where.and(queries.map(toCondition)))
    .orderBy('created_at', ascending ? 'asc' : 'desc')
    .execute();
  const page = rows.slice(offset, limit === undefined ? undefined : offset + limit);
  const result = await Promise.all(
    page.map(async (row) => {
      const user = await loadUser(db, row.user_id);
      return create(MemberSchema, {
        userId: row.user_id,
        details: rowDetailsV1(row, row.resource_owner),
        roles: JSON.parse(row.roles) as string[],
        preferredLoginName: user?.username ?? '',
        email: user?.email ?? '',
        firstName: user?.given_name ?? '',
        lastName: user?.family_name ?? '',
        displayName: user?.display_name ?? '',
        userType: user?.kind === 'machine' ? 2 : 1,
        userResourceOwner: user?.organisation_id ?? '',
      });
    }),
  );
  return { total: rows.length, result };
}

function toCondition({ query }: SearchQuery) {
  switch (query.case) {
    case 'userIdQuery':
      return sql<boolean>`user_id = ${query.value.userId}`;
    case 'emailQuery':
      return ofUsers('email', query.value.method, query.value.email);
    case 'firstNameQuery':
      return ofUsers('given_name', query.value.method, query.value.firstName);
    case 'lastNameQuery':
      return ofUsers('family_name', query.value.method, query.value.lastName);
    case undefined:
      throw invalidArgument('MEMBE-7Bb92', 'Errors.Query.InvalidRequest');
  }
}

function ofUsers(column: 'email' | 'given_name' | 'family_name', method: number, text: string) {
  return sql<boolean>`user_id IN (SELECT id FROM users WHERE ${matchesText(column, toTextMethod(method), text)})`;
}
