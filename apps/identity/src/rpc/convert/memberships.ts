import { create } from '@bufbuild/protobuf';
import { type Membership, type MembershipQuery, MembershipSchema } from '@zitadel/proto/zitadel/user_pb.js';
import type { Database, MemberTable } from '../../store/tables.ts';
import { rowDetailsV1 } from './details.ts';
import { toPaging } from './paging.ts';

/**
 * A user's administrator roles: of the instance, organisations, projects, each with the name of what it is about.
 *
 * @param organisationId where given, only the roles in it and those of the instance are listed.
 */
export async function listMemberships(
  db: Database,
  userId: string,
  { queries, query }: { readonly queries: readonly MembershipQuery[]; readonly query?: Parameters<typeof toPaging>[0] },
  organisationId?: string,
): Promise<{ readonly total: number; readonly result: Membership[] }> {
  const rows = await db.selectFrom('members').selectAll().where('user_id', '=', userId).orderBy('created_at').execute();
  const isThere = (row: MemberTable) =>
    organisationId === undefined || row.scope === 'instance' || row.resource_owner === organisationId;
  const matching = rows.filter((row) => isThere(row) && queries.every((each) => matches(row, each)));
  const { offset, limit, ascending } = toPaging(query);
  const ordered = ascending ? matching : matching.reverse();
  const page = ordered.slice(offset, limit === undefined ? undefined : offset + limit);
  const result = await Promise.all(page.map(async (row) => toMembership(row, await nameOf(db, row))));
  return { total: matching.length, result };
}

function matches(row: MemberTable, { query }: MembershipQuery): boolean {
  switch (query.case) {
    case 'orgQuery':
      return row.scope === 'organisation' && row.scope_id === query.value.orgId;
    case 'projectQuery':
      return row.scope === 'project' && row.scope_id === query.value.projectId;
    case 'iamQuery':
      return (row.scope === 'instance') === query.value.iam;
    case 'projectGrantQuery':
      return false;
    case undefined:
      return true;
  }
}

function toMembership(row: MemberTable, displayName: string): Membership {
  return create(MembershipSchema, {
    userId: row.user_id,
    details: rowDetailsV1(row, row.resource_owner),
    roles: JSON.parse(row.roles) as string[],
    displayName,
    type: typeOf(row),
  });
}

function typeOf(row: MemberTable): { case: 'iam'; value: boolean } | { case: 'orgId' | 'projectId'; value: string } {
  switch (row.scope) {
    case 'instance':
      return { case: 'iam', value: true };
    case 'organisation':
      return { case: 'orgId', value: row.scope_id };
    case 'project':
      return { case: 'projectId', value: row.scope_id };
  }
}

async function nameOf(db: Database, row: MemberTable): Promise<string> {
  const table = ({ instance: 'instances', organisation: 'organisations', project: 'projects' } as const)[row.scope];
  const found = await db.selectFrom(table).select('name').where('id', '=', row.scope_id).executeTakeFirst();
  return found?.name ?? '';
}
