import { timestampFromMs } from '@bufbuild/protobuf/wkt';
import { ManagementService } from '@zitadel/proto/zitadel/management_pb.js';
import { sql } from 'kysely';
import { notFound } from '../../domain/errors.ts';
import { rolesOf } from '../../domain/role-permissions.ts';
import type { Store } from '../../store/open-store.ts';
import { contextOrganisation } from '../access/api-caller.ts';
import { rowDetailsV1 } from '../convert/details.ts';
import { toUserV1 } from '../convert/user-v1.ts';
import { part } from '../service.ts';

/** Single questions, v1: who has this name, is it taken, which roles are there. */
export function managementLookups(store: Store) {
  return part(ManagementService, {
    async getUserByLoginNameGlobal({ loginName }) {
      const row = await store.db
        .selectFrom('users')
        .selectAll()
        .where(sql<boolean>`username = ${loginName} COLLATE NOCASE`)
        .executeTakeFirst();
      if (!row) throw notFound('QUERY-Dfbg2', 'Errors.User.NotFound');
      return { user: toUserV1(row) };
    },

    async isUserUnique({ userName, email }) {
      const row = await store.db
        .selectFrom('users')
        .select('id')
        .where(({ or }) =>
          or([sql<boolean>`username = ${userName} COLLATE NOCASE`, sql<boolean>`email = ${email} AND email != ''`]),
        )
        .executeTakeFirst();
      return { isUnique: row === undefined };
    },

    async getPersonalAccessTokenByIDs({ userId, tokenId }, context) {
      const row = await store.db
        .selectFrom('personal_access_tokens')
        .selectAll()
        .where('id', '=', tokenId)
        .where('user_id', '=', userId)
        .where('organisation_id', '=', contextOrganisation(context))
        .executeTakeFirst();
      if (!row) throw notFound('QUERY-fRunu', 'Errors.PersonalAccessToken.NotFound');
      const expirationDate = timestampFromMs(row.expires_at);
      return { token: { id: row.id, details: rowDetailsV1(row, row.organisation_id), expirationDate, scopes: [] } };
    },

    listOrgMemberRoles: () => ({ result: rolesOf('ORG_') }),
  });
}
