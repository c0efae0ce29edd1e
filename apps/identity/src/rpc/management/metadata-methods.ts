import { ManagementService } from '@zitadel/proto/zitadel/management_pb.js';
import { removeUserMetadata, setUserMetadata } from '../../commands/users/user-metadata.ts';
import { notFound } from '../../domain/errors.ts';
import type { Store } from '../../store/open-store.ts';
import { commandContext, contextOrganisation } from '../access/api-caller.ts';
import { addedV1, changedV1, listV1 } from '../convert/details.ts';
import { listMetadata, toMetadataV1 } from '../convert/metadata.ts';
import { toPaging } from '../convert/paging.ts';
import { part } from '../service.ts';

/** What callers note on users of the context's organisation, v1. */
export function managementMetadata(store: Store) {
  return part(ManagementService, {
    async setUserMetadata({ id: userId, key, value }, context) {
      const input = { userId, entries: [{ key, value }], resourceOwner: contextOrganisation(context) };
      return { id: userId, details: addedV1(await setUserMetadata(commandContext(store, context), input)) };
    },

    async bulkSetUserMetadata({ id: userId, metadata: entries }, context) {
      const input = { userId, entries, resourceOwner: contextOrganisation(context) };
      return { details: changedV1(await setUserMetadata(commandContext(store, context), input)) };
    },

    async removeUserMetadata({ id: userId, key }, context) {
      const input = { userId, keys: [key], one: true, resourceOwner: contextOrganisation(context) };
      return { details: changedV1(await removeUserMetadata(commandContext(store, context), input)) };
    },

    async bulkRemoveUserMetadata({ id: userId, keys }, context) {
      const input = { userId, keys, resourceOwner: contextOrganisation(context) };
      return { details: changedV1(await removeUserMetadata(commandContext(store, context), input)) };
    },

    async getUserMetadata({ id: userId, key }, context) {
      const row = await store.db
        .selectFrom('user_metadata')
        .selectAll()
        .where('user_id', '=', userId)
        .where('key', '=', key)
        .where('organisation_id', '=', contextOrganisation(context))
        .executeTakeFirst();
      if (!row) throw notFound('QUERY-Rgh32', 'Errors.Metadata.NotFound');
      return { metadata: toMetadataV1(row) };
    },

    async listUserMetadata({ id: userId, query, queries }, context) {
      const asked = queries.map((each) => each.query);
      const { total, rows } = await listMetadata(store.db, userId, asked, toPaging(query));
      // Of another organisation's user there is nothing to see.
      const own = rows.filter((row) => row.organisation_id === contextOrganisation(context));
      return { details: listV1(own.length === 0 ? 0 : total), result: own.map(toMetadataV1) };
    },
  });
}
