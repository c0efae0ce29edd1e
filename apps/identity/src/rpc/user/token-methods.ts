import { timestampFromMs } from '@bufbuild/protobuf/wkt';
import {
  PersonalAccessTokenFieldName,
  type PersonalAccessTokensSearchFilter,
} from '@zitadel/proto/zitadel/user/v2/pat_pb.js';
import { UserService } from '@zitadel/proto/zitadel/user/v2/user_service_pb.js';
import { addPersonalAccessToken, removePersonalAccessToken } from '../../commands/users/personal-access-tokens.ts';
import { invalidArgument } from '../../domain/errors.ts';
import { mayDo } from '../../domain/permissions.ts';
import { loadMemberships } from '../../store/load.ts';
import type { Store } from '../../store/open-store.ts';
import type { PersonalAccessTokenTable } from '../../store/tables.ts';
import { callerOf, commandContext } from '../access/api-caller.ts';
import { toMs } from '../convert/details.ts';
import { toFilterPaging } from '../convert/paging.ts';
import { matchesTime } from '../convert/time-filter.ts';
import { part } from '../service.ts';

/** Personal access tokens of machine users, v2. */
export function tokenMethods(store: Store) {
  return part(UserService, {
    async addPersonalAccessToken({ userId, expirationDate }, context) {
      const expiresAt = toMs(expirationDate);
      const { tokenId, token, details } = await addPersonalAccessToken(commandContext(store, context), {
        userId,
        ...(expiresAt !== undefined && { expiresAt }),
      });
      return { tokenId, token, creationDate: timestampFromMs(details.changedAt) };
    },

    async removePersonalAccessToken({ userId, tokenId }, context) {
      const details = await removePersonalAccessToken(commandContext(store, context), { userId, tokenId });
      return { deletionDate: timestampFromMs(details.changedAt) };
    },

    async listPersonalAccessTokens({ pagination, sortingColumn, filters }, context) {
      const { offset, limit, ascending } = toFilterPaging(pagination);
      const { userId } = callerOf(context);
      const own = await loadMemberships(store.db, userId);
      const rows = (await store.db.selectFrom('personal_access_tokens').selectAll().execute())
        .filter((row) => filters.every((filter) => matches(row, filter)))
        .filter((row) => row.user_id === userId || mayDo(own, 'user.read', row.organisation_id) === 'allowed')
        .sort(byColumn(sortingColumn, ascending));
      return {
        pagination: { totalResult: BigInt(rows.length), appliedLimit: BigInt(limit) },
        result: rows.slice(offset, offset + limit).map((row) => ({
          creationDate: timestampFromMs(row.created_at),
          changeDate: timestampFromMs(row.changed_at),
          id: row.id,
          userId: row.user_id,
          organizationId: row.organisation_id,
          expirationDate: timestampFromMs(row.expires_at),
        })),
      };
    },
  });
}

/** @throws DomainError GRPC-vR9nC for a filter that says nothing. */
function matches(row: PersonalAccessTokenTable, { filter }: PersonalAccessTokensSearchFilter): boolean {
  switch (filter.case) {
    case 'tokenIdFilter':
      return row.id === filter.value.id;
    case 'userIdFilter':
      return row.user_id === filter.value.id;
    case 'organizationIdFilter':
      return row.organisation_id === filter.value.id;
    case 'createdDateFilter':
      return matchesTime(row.created_at, filter.value);
    case 'expirationDateFilter':
      return matchesTime(row.expires_at, filter.value);
    case undefined:
      throw invalidArgument('GRPC-vR9nC', 'List.Query.Invalid');
  }
}

const COLUMN: Record<PersonalAccessTokenFieldName, keyof PersonalAccessTokenTable> = {
  [PersonalAccessTokenFieldName.UNSPECIFIED]: 'created_at',
  [PersonalAccessTokenFieldName.CREATED_DATE]: 'created_at',
  [PersonalAccessTokenFieldName.ID]: 'id',
  [PersonalAccessTokenFieldName.USER_ID]: 'user_id',
  [PersonalAccessTokenFieldName.ORGANIZATION_ID]: 'organisation_id',
  [PersonalAccessTokenFieldName.EXPIRATION_DATE]: 'expires_at',
};

function byColumn(name: PersonalAccessTokenFieldName | undefined, ascending: boolean) {
  const column = COLUMN[name ?? PersonalAccessTokenFieldName.UNSPECIFIED];
  return (a: PersonalAccessTokenTable, b: PersonalAccessTokenTable): number => {
    const order = a[column] < b[column] ? -1 : a[column] > b[column] ? 1 : 0;
    return ascending ? order : -order;
  };
}
