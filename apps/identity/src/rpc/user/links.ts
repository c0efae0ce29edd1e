import { NotificationType } from '@zitadel/proto/zitadel/user/v2/password_pb.js';
import { UserService } from '@zitadel/proto/zitadel/user/v2/user_service_pb.js';
import { createPasskeyLink } from '../../commands/factors/passkey-link.ts';
import { requestPasswordReset, setPassword } from '../../commands/users/password-reset.ts';
import type { Store } from '../../store/open-store.ts';
import { commandContext, contextOrganisation } from '../access/api-caller.ts';
import { changedV2 } from '../convert/details.ts';
import { part } from '../service.ts';

/** Password reset and passkey links: what starts a person anew, v2. */
export function userLinks(store: Store, standard?: { readonly password: string; readonly passkey: string }) {
  return part(UserService, {
    async passwordReset({ userId, medium }, context) {
      const { details, code } = await requestPasswordReset(commandContext(store, context), {
        userId,
        medium:
          medium.case === 'returnCode'
            ? { kind: 'return' }
            : {
                kind: medium.value?.notificationType === NotificationType.SMS ? 'sms' : 'email',
                ...withTemplate(medium.value?.urlTemplate || standard?.password),
              },
      });
      return { details: changedV2(details), ...(code && { verificationCode: code }) };
    },

    async setPassword(request, context) {
      const { userId, newPassword, verification } = request;
      const details = await setPassword(commandContext(store, context), {
        userId,
        password: newPassword?.password ?? '',
        changeRequired: newPassword?.changeRequired ?? false,
        ...(verification.case === 'verificationCode' && { code: verification.value }),
        ...(verification.case === 'currentPassword' && { currentPassword: verification.value }),
      });
      return { details: changedV2(details) };
    },

    async createPasskeyRegistrationLink({ userId, medium }, context) {
      const { details, link } = await createPasskeyLink(commandContext(store, context), {
        userId,
        organisationId: contextOrganisation(context),
        medium:
          medium.case === 'returnCode'
            ? { kind: 'return' }
            : { kind: 'email', ...withTemplate(medium.value?.urlTemplate || standard?.passkey) },
      });
      return { details: changedV2(details), ...(link && { code: link }) };
    },
  });
}

function withTemplate(urlTemplate: string | undefined) {
  return urlTemplate ? { urlTemplate } : {};
}
