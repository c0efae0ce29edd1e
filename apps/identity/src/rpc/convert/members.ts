import { create } from '@bufbuild/protobuf';
import { type Member, MemberSchema } from '@zitadel/proto/zitadel/member_pb.js';
import { loadUser } from '../../store/load.ts';
import type { Database } from '../../store/tables.ts';
import { rowDetailsV1 } from './details.ts';
import { toPaging } from './paging.ts';

/** Administrators of the instance or of an organisation, with the names of whom they are. */
export async function listMembers(
  db: Database,
  scopeId: string,
  query: Parameters<typeof toPaging>[0],
): Promise<{ readonly total: number; readonly result: Member[] }> {
  const { offset, limit, ascending } = toPaging(query);
  const rows = await db
    .selectFrom('members')
    .selectAll()
    .where('scope_id', '=', scopeId)
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
