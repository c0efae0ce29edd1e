import { UserService } from '@zitadel/proto/zitadel/user/v2beta/user_service_pb.js';
import { removeOtpEmail, removeOtpSms, removeTotp } from '../../commands/factors/remove-factor.ts';
import type { ChangeDetails } from '../../domain/events.ts';
import type { Store } from '../../store/open-store.ts';
import { commandContext } from '../access/api-caller.ts';
import { changedV2 } from '../convert/details.ts';
import { part } from '../service.ts';

/** The removals that v2beta has as well as v2. */
export function userBetaService(store: Store) {
  return part(UserService, {
    async removeTOTP({ userId }, context) {
      return answer(await removeTotp(commandContext(store, context), { userId }));
    },

    async removeOTPEmail({ userId }, context) {
      return answer(await removeOtpEmail(commandContext(store, context), { userId }));
    },

    async removeOTPSMS({ userId }, context) {
      return answer(await removeOtpSms(commandContext(store, context), { userId }));
    },
  });
}

/** The details of v2beta have the fields of v2's, but are another type. */
function answer(change: ChangeDetails) {
  const { sequence, changeDate, resourceOwner } = changedV2(change);
  return { details: { sequence, resourceOwner, ...(changeDate && { changeDate }) } };
}
