import { ManagementService } from '@zitadel/proto/zitadel/management_pb.js';
import { addHumanUser } from '../../commands/users/add-human-user.ts';
import type { Store } from '../../store/open-store.ts';
import { commandContext, contextOrganisation } from '../access/api-caller.ts';
import { addedV1 } from '../convert/details.ts';
import { GENDERS } from '../convert/human-request.ts';
import { part } from '../service.ts';

/** Adding people to the context's organisation, v1. */
export function managementHumanUsers(store: Store) {
  return part(ManagementService, {
    async addHumanUser({ userName, profile, email, phone, initialPassword }, context) {
      const { userId, details } = await addHumanUser(commandContext(store, context), {
        organisationId: contextOrganisation(context),
        username: userName,
        ...namesOf(profile),
        email: email?.email ?? '',
        emailVerified: email?.isEmailVerified ?? false,
        phone: phone?.phone ?? '',
        phoneVerified: phone?.isPhoneVerified ?? false,
        ...(initialPassword && { password: initialPassword, passwordChangeRequired: true }),
        mayBeInitial: true,
      });
      return { userId, details: addedV1(details) };
    },

    async importHumanUser({ userName, profile, email, phone, ...request }, context) {
      const { userId, details } = await addHumanUser(commandContext(store, context), {
        organisationId: contextOrganisation(context),
        username: userName,
        ...namesOf(profile),
        email: email?.email ?? '',
        emailVerified: email?.isEmailVerified ?? false,
        phone: phone?.phone ?? '',
        phoneVerified: phone?.isPhoneVerified ?? false,
        ...(request.password && { password: request.password }),
        ...(request.hashedPassword && { passwordHash: request.hashedPassword.value }),
        passwordChangeRequired: request.passwordChangeRequired,
        mayBeInitial: true,
      });
      return { userId, details: addedV1(details) };
    },
  });
}

interface Profile {
  readonly firstName: string;
  readonly lastName: string;
  readonly nickName: string;
  readonly displayName: string;
  readonly preferredLanguage: string;
  readonly gender: number;
}

function namesOf(profile: Profile | undefined) {
  return {
    givenName: profile?.firstName ?? '',
    familyName: profile?.lastName ?? '',
    nickName: profile?.nickName ?? '',
    displayName: profile?.displayName ?? '',
    preferredLanguage: profile?.preferredLanguage ?? '',
    gender: GENDERS[profile?.gender ?? 0] ?? 'unspecified',
  };
}
