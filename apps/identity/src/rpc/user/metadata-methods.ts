import { timestampFromMs } from '@bufbuild/protobuf/wkt';
import { UserService } from '@zitadel/proto/zitadel/user/v2/user_service_pb.js';
import { removeUserMetadata, setUserMetadata } from '../../commands/users/user-metadata.ts';
import type { Store } from '../../store/open-store.ts';
import { callerOf, commandContext } from '../access/api-caller.ts';
import { requireRead } from '../access/read-permission.ts';
import { listMetadata, toMetadataV2 } from '../convert/metadata.ts';
import { toFilterPaging } from '../convert/paging.ts';
import { part } from '../service.ts';

/** What callers note on users, v2. */
export function metadataMethods(store: Store) {
  return part(UserService, {
    async setUserMetadata({ userId, metadata }, context) {
      const details = await setUserMetadata(commandContext(store, context), { userId, entries: metadata });
      return { setDate: timestampFromMs(details.changedAt) };
    },

    async deleteUserMetadata({ userId, keys }, context) {
      const details = await removeUserMetadata(commandContext(store, context), { userId, keys });
      return { deletionDate: timestampFromMs(details.changedAt) };
    },

    async listUserMetadata({ userId, filters, pagination }, context) {
      const paging = toFilterPaging(pagination);
      const { total, rows } = await listMetadata(
        store.db,
        userId,
        filters.map(({ filter }) => filter),
        paging,
      );
      const caller = callerOf(context);
      const [first] = rows;
      if (first && caller.userId !== userId) await requireRead(store.db, caller, 'user.read', first.organisation_id);
      return {
        pagination: { totalResult: BigInt(total), appliedLimit: BigInt(paging.limit) },
        metadata: rows.map(toMetadataV2),
      };
    },
  });
}
