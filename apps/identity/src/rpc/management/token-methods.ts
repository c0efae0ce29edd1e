import { timestampFromMs } from '@bufbuild/protobuf/wkt';
import { ManagementService } from '@zitadel/proto/zitadel/management_pb.js';
import { addPersonalAccessToken, removePersonalAccessToken } from '../../commands/users/personal-access-tokens.ts';
import type { Store } from '../../store/open-store.ts';
import { commandContext, contextOrganisation } from '../access/api-caller.ts';
import { addedV1, changedV1, listV1, rowDetailsV1, toMs } from '../convert/details.ts';
import { toPaging } from '../convert/paging.ts';
import { part } from '../service.ts';

/** Personal access tokens of machine users, v1. */
export function managementTokens(store: Store) {
  return part(ManagementService, {
    async addPersonalAccessToken({ userId, expirationDate }, context) {
      const expiresAt = toMs(expirationDate);
      const { tokenId, token, details } = await addPersonalAccessToken(commandContext(store, context), {
        userId,
        resourceOwner: contextOrganisation(context),
        ...(expiresAt !== undefined && { expiresAt }),
      });
      return { tokenId, token, details: addedV1(details) };
    },

    async removePersonalAccessToken({ userId, tokenId }, context) {
      const input = { userId, tokenId, resourceOwner: contextOrganisation(context) };
      return { details: changedV1(await removePersonalAccessToken(commandContext(store, context), input)) };
    },

    async listPersonalAccessTokens({ userId, query }, context) {
      const rows = await store.db
        .selectFrom('personal_access_tokens')
        .selectAll()
        .where('user_id', '=', userId)
        .where('organisation_id', '=', contextOrganisation(context))
        .orderBy('id')
        .execute();
      const { offset, limit } = toPaging(query);
      const page = rows.slice(offset, limit === undefined ? undefined : offset + limit);
      return {
        details: listV1(rows.length),
        result: page.map((row) => ({
          id: row.id,
          details: rowDetailsV1(row, row.organisation_id),
          expirationDate: timestampFromMs(row.expires_at),
          scopes: [],
        })),
      };
    },
  });
}
