import { UserService } from '@zitadel/proto/zitadel/user/v2/user_service_pb.js';
import { addHumanUser } from '../../commands/users/add-human-user.ts';
import { changeUserState } from '../../commands/users/change-user-state.ts';
import { removeUser } from '../../commands/users/remove-user.ts';
import type { Gender } from '../../domain/user.ts';
import type { Store } from '../../store/open-store.ts';
import { callerOf, commandContext } from '../access/api-caller.ts';
import { changedV2 } from '../convert/details.ts';
import { part } from '../service.ts';

const GENDERS: readonly Gender[] = ['unspecified', 'female', 'male', 'diverse'];

/** Adding, removing and locking users, v2. */
export function userChanges(store: Store) {
  return part(UserService, {
    async addHumanUser(request, context) {
      const { organization, profile, email, phone, passwordType } = request;
      const { userId, details } = await addHumanUser(commandContext(store, context), {
        organisationId: organization?.org.value || callerOf(context).contextOrganisationId,
        ...(request.userId && { userId: request.userId }),
        ...(request.username && { username: request.username }),
        givenName: profile?.givenName ?? '',
        familyName: profile?.familyName ?? '',
        nickName: profile?.nickName ?? '',
        displayName: profile?.displayName ?? '',
        preferredLanguage: profile?.preferredLanguage ?? '',
        gender: GENDERS[profile?.gender ?? 0] ?? 'unspecified',
        email: email?.email ?? '',
        emailVerified: email?.verification.case === 'isVerified' && email.verification.value,
        phone: phone?.phone ?? '',
        phoneVerified: phone?.verification.case === 'isVerified' && phone.verification.value,
        ...(passwordType.case === 'password' && { password: passwordType.value.password }),
        ...(passwordType.case === 'hashedPassword' && { passwordHash: passwordType.value.hash }),
        passwordChangeRequired: passwordType.value?.changeRequired ?? false,
      });
      return { userId, details: changedV2(details) };
    },

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
