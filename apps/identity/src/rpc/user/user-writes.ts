import { timestampFromMs } from '@bufbuild/protobuf/wkt';
import type { SetHumanEmail } from '@zitadel/proto/zitadel/user/v2/email_pb.js';
import type { SetPassword } from '@zitadel/proto/zitadel/user/v2/password_pb.js';
import type { SetHumanPhone } from '@zitadel/proto/zitadel/user/v2/phone_pb.js';
import { UserService } from '@zitadel/proto/zitadel/user/v2/user_service_pb.js';
import { addHumanUser } from '../../commands/users/add-human-user.ts';
import { addMachineUser } from '../../commands/users/add-machine-user.ts';
import { changeHumanUser, type HumanUserChange } from '../../commands/users/change-human-user.ts';
import { changeMachineUser } from '../../commands/users/change-machine-user.ts';
import { invalidArgument, unknownError } from '../../domain/errors.ts';
import type { Store } from '../../store/open-store.ts';
import { callerOf, commandContext } from '../access/api-caller.ts';
import { toProof } from '../convert/contact-proof.ts';
import { changedV2 } from '../convert/details.ts';
import { fromProfile, toNewHuman } from '../convert/human-request.ts';
import { part } from '../service.ts';

/** Making and changing users in one go, v2. */
export function userWrites(store: Store) {
  return part(UserService, {
    async addHumanUser(request, context) {
      const { userId, details, ...codes } = await addHumanUser(commandContext(store, context), {
        organisationId: request.organization?.org.value || callerOf(context).contextOrganisationId,
        ...withName(request),
        ...toNewHuman(request),
      });
      return { userId, details: changedV2(details), ...codes };
    },

    async createUser({ organizationId: organisationId, userType, ...request }, context) {
      const command = commandContext(store, context);
      switch (userType.case) {
        case 'human': {
          const input = { organisationId, ...withName(request), ...toNewHuman(userType.value) };
          const { userId, details, ...codes } = await addHumanUser(command, input);
          return { id: userId, creationDate: timestampFromMs(details.changedAt), ...codes };
        }
        case 'machine': {
          const { name, description } = userType.value;
          const { userId, details } = await addMachineUser(command, {
            organisationId,
            ...(request.userId && { userId: request.userId }),
            username: request.username ?? '',
            name,
            ...(description && { description }),
          });
          return { id: userId, creationDate: timestampFromMs(details.changedAt) };
        }
        case undefined:
          throw unknownError('user type is not implemented');
      }
    },

    async updateHumanUser({ userId, username, profile, email, phone, password }, context) {
      const { details, ...codes } = await changeHumanUser(commandContext(store, context), {
        userId,
        ...(username !== undefined && { username }),
        // Here a name that is empty is one that was not given.
        ...(profile && { profile: fromProfile(profile, true) }),
        ...fromContacts(email, phone),
        ...fromPassword(password),
      });
      return { details: changedV2(details), ...codes };
    },

    async updateUser({ userId, username, userType }, context) {
      const command = commandContext(store, context);
      const name = username === undefined ? {} : { username };
      switch (userType.case) {
        case 'human': {
          const { profile, email, phone, password } = userType.value;
          if (phone?.phone === '' && phone.verification.case) {
            throw invalidArgument('USERv2-4f3d6', 'Errors.User.Phone.VerifyingRemovalIsNotSupported');
          }
          const { details, ...codes } = await changeHumanUser(command, {
            userId,
            ...name,
            ...(profile && { profile: fromProfile(profile, false) }),
            ...fromContacts(email, phone),
            ...(phone?.phone === '' && { phone: 'removed' as const }),
            ...fromPassword(password),
          });
          return { changeDate: timestampFromMs(details.changedAt), ...codes };
        }
        case 'machine': {
          const { name: newName, description } = userType.value;
          const change = {
            ...(newName !== undefined && { name: newName }),
            ...(description !== undefined && { description }),
          };
          const details = await changeMachineUser(command, { userId, ...name, change });
          return { changeDate: timestampFromMs(details.changedAt) };
        }
        case undefined:
          throw unknownError('user type is not implemented');
      }
    },
  });
}

function withName({ userId, username }: { readonly userId?: string; readonly username?: string }) {
  return { ...(userId && { userId }), ...(username && { username }) };
}

function fromContacts(
  email: SetHumanEmail | undefined,
  phone: SetHumanPhone | undefined,
): Pick<HumanUserChange, 'email' | 'phone'> {
  return {
    ...(email && { email: { value: email.email, proof: toProof(email.verification) } }),
    ...(phone && { phone: { value: phone.phone, proof: toProof(phone.verification) } }),
  };
}

function fromPassword(request: SetPassword | undefined): Pick<HumanUserChange, 'password'> {
  if (!request) return {};
  const { passwordType, verification } = request;
  return {
    password: {
      password: passwordType.case === 'password' ? passwordType.value.password : '',
      changeRequired: passwordType.value?.changeRequired ?? false,
      ...(verification.case === 'verificationCode' && { code: verification.value }),
      ...(verification.case === 'currentPassword' && { currentPassword: verification.value }),
    },
  };
}
