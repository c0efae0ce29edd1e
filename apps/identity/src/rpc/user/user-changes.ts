import { UserService } from '@zitadel/proto/zitadel/user/v2/user_service_pb.js';
import { changeUserState } from '../../commands/users/change-user-state.ts';
import { removeUser } from '../../commands/users/remove-user.ts';
import type { Store } from '../../store/open-store.ts';
import { commandContext } from '../access/api-caller.ts';
import { changedV2 } from '../convert/details.ts';
import { part } from '../service.ts';

/** Removing and locking users, v2. */
export function userChanges(store: Store) {
  return part(UserService, {
    async deleteUser({ userId }, context) {
      return { details: changedV2(await removeUser(commandContext(store, context), { userId })) };
    },

    async lockUser({ userId }, context) {
      const changed = await changeUserState(commandContext(store, context), { userId, change: 'lock' });
      return { details: changedV2(changed) };
    },

    async unlockUser({ userId }, context) {
      const changed = await changeUserState(commandContext(store, context), { userId, change: 'unlock' });
      return { details: changedV2(changed) };
    },

    async deactivateUser({ userId }, context) {
      const changed = await changeUserState(commandContext(store, context), { userId, change: 'deactivate' });
      return { details: changedV2(changed) };
    },

    async reactivateUser({ userId }, context) {
      const changed = await changeUserState(commandContext(store, context), { userId, change: 'reactivate' });
      return { details: changedV2(changed) };
    },
  });
}
