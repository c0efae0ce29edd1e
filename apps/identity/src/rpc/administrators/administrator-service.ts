import { create } from '@bufbuild/protobuf';
import { timestampFromMs } from '@bufbuild/protobuf/wkt';
import {
  InternalPermissionService,
  type ListAdministratorsRequest,
} from '@zitadel/proto/zitadel/internal_permission/v2beta/internal_permission_service_pb.js';
import {
  AdministratorFieldName,
  type Administrator as AdministratorMessage,
  AdministratorSchema,
} from '@zitadel/proto/zitadel/internal_permission/v2beta/query_pb.js';
import { type Membership, mayDo } from '../../domain/permissions.ts';
import { loadMemberships, loadUser } from '../../store/load.ts';
import type { Store } from '../../store/open-store.ts';
import type { Database, MemberTable } from '../../store/tables.ts';
import { callerOf } from '../access/api-caller.ts';
import { toPaging } from '../convert/paging.ts';
import { part } from '../service.ts';
import { type Administrator, matchesFilter } from './administrator-filter.ts';

/** ZITADEL's page where none is asked for. */
const DEFAULT_LIMIT = 100;

/** Who is an administrator of what. Without REST: gRPC, gRPC-web and Connect only (zitadel.md 3.5). */
export function administratorService(store: Store) {
  return part(InternalPermissionService, {
    /** `totalResult` counts those too that the caller may not see, as in ZITADEL. */
    async listAdministrators(request, context) {
      const matching = (await loadAdministrators(store.db, namedUsers(request))).filter((administrator) =>
        request.filters.every((filter) => matchesFilter(administrator, filter)),
      );
      const { userId } = callerOf(context);
      const own = await loadMemberships(store.db, userId);
      const maySee = ({ member }: Administrator) => member.user_id === userId || mayRead(own, member);
      const visible = matching.filter(maySee).sort(orderOf(request));
      const { offset, limit = DEFAULT_LIMIT } = toPaging(request.pagination);
      const page = visible.slice(offset, offset + limit);
      return {
        pagination: { totalResult: BigInt(matching.length), appliedLimit: BigInt(limit) },
        administrators: await Promise.all(page.map((administrator) => toMessage(store.db, administrator))),
      };
    },
  });
}

/** The users to whom a request narrows itself; undefined for everybody. Not all roles need be loaded for one person. */
function namedUsers({ filters }: ListAdministratorsRequest): readonly string[] | undefined {
  return filters.flatMap(({ filter }) => (filter.case === 'inUserIdsFilter' ? [filter.value.ids] : []))[0];
}

async function loadAdministrators(db: Database, userIds?: readonly string[]): Promise<readonly Administrator[]> {
  const members = await db
    .selectFrom('members')
    .selectAll()
    .$if(userIds !== undefined, (query) => query.where('user_id', 'in', userIds ?? []))
    .execute();
  const found = await Promise.all(
    members.map(async (member) => {
      const user = await loadUser(db, member.user_id);
      return user ? [{ member, user }] : [];
    }),
  );
  return found.flat();
}

const PERMISSION = {
  instance: 'iam.member.read',
  organisation: 'org.member.read',
  project: 'project.member.read',
} as const;

function mayRead(own: readonly Membership[], { scope, resource_owner }: MemberTable): boolean {
  return mayDo(own, PERMISSION[scope], scope === 'instance' ? '' : resource_owner) === 'allowed';
}

function orderOf({ sortingColumn, pagination }: ListAdministratorsRequest) {
  const keyOf = ({ member }: Administrator): string | number => {
    switch (sortingColumn) {
      case AdministratorFieldName.USER_ID:
        return member.user_id;
      case AdministratorFieldName.CHANGE_DATE:
        return member.changed_at;
      default:
        return member.created_at;
    }
  };
  const direction = pagination?.asc ? 1 : -1;
  return (a: Administrator, b: Administrator): number => {
    const [left, right] = [keyOf(a), keyOf(b)];
    return left === right ? 0 : left < right ? -direction : direction;
  };
}

async function toMessage(db: Database, { member, user }: Administrator): Promise<AdministratorMessage> {
  return create(AdministratorSchema, {
    creationDate: timestampFromMs(member.created_at),
    changeDate: timestampFromMs(member.changed_at),
    user: {
      id: user.id,
      preferredLoginName: user.username,
      displayName: user.display_name,
      organizationId: user.organisation_id,
    },
    resource: await resourceOf(db, member),
    roles: JSON.parse(member.roles) as string[],
  });
}

async function resourceOf(db: Database, { scope, scope_id: id, resource_owner: organizationId }: MemberTable) {
  switch (scope) {
    case 'instance':
      return { case: 'instance', value: true } as const;
    case 'organisation':
      return { case: 'organization', value: { id, name: await nameOf(db, 'organisations', id) } } as const;
    case 'project':
      return { case: 'project', value: { id, name: await nameOf(db, 'projects', id), organizationId } } as const;
  }
}

async function nameOf(db: Database, table: 'organisations' | 'projects', id: string): Promise<string> {
  const row = await db.selectFrom(table).select('name').where('id', '=', id).executeTakeFirst();
  return row?.name ?? '';
}
