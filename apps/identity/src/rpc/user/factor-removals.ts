import { UserService } from '@zitadel/proto/zitadel/user/v2/user_service_pb.js';
import { removeOtpEmail, removeOtpSms, removeTotp, removeWebAuthnToken } from '../../commands/factors/remove-factor.ts';
import type { Store } from '../../store/open-store.ts';
import { commandContext } from '../access/api-caller.ts';
import { changedV2 } from '../convert/details.ts';
import { part } from '../service.ts';

/** Removing factors, v2: the user is found in whatever organisation they are. */
export function factorRemovals(store: Store) {
  return part(UserService, {
    async removeTOTP({ userId }, context) {
      return { details: changedV2(await removeTotp(commandContext(store, context), { userId })) };
    },

    async removeOTPEmail({ userId }, context) {
      return { details: changedV2(await removeOtpEmail(commandContext(store, context), { userId })) };
    },

    async removeOTPSMS({ userId }, context) {
      return { details: changedV2(await removeOtpSms(commandContext(store, context), { userId })) };
    },

    async removeU2F({ userId, u2fId }, context) {
      const token = { userId, tokenId: u2fId, kind: 'u2f' } as const;
      return { details: changedV2(await removeWebAuthnToken(commandContext(store, context), token)) };
    },

    async removePasskey({ userId, passkeyId }, context) {
      const token = { userId, tokenId: passkeyId, kind: 'passkey' } as const;
      return { details: changedV2(await removeWebAuthnToken(commandContext(store, context), token)) };
    },
  });
}
