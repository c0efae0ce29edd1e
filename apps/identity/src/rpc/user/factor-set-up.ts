import { UserService } from '@zitadel/proto/zitadel/user/v2/user_service_pb.js';
import { addOtpEmail, addOtpSms } from '../../commands/factors/one-time-codes.ts';
import { startTotp, verifyTotp } from '../../commands/factors/totp.ts';
import { startWebAuthnRegistration, verifyWebAuthnRegistration } from '../../commands/factors/webauthn-registration.ts';
import type { Store } from '../../store/open-store.ts';
import { commandContext } from '../access/api-caller.ts';
import { changedV2 } from '../convert/details.ts';
import { hostOf } from '../convert/host.ts';
import { toJsonObject } from '../convert/json.ts';
import { part } from '../service.ts';

/** Setting factors up, v2. */
export function factorSetUp(store: Store) {
  return part(UserService, {
    async registerTOTP({ userId }, context) {
      const { details, secret, uri } = await startTotp(commandContext(store, context), { userId });
      return { details: changedV2(details), secret, uri };
    },

    async verifyTOTPRegistration({ userId, code }, context) {
      return { details: changedV2(await verifyTotp(commandContext(store, context), { userId, code })) };
    },

    async addOTPEmail({ userId }, context) {
      return { details: changedV2(await addOtpEmail(commandContext(store, context), { userId })) };
    },

    async addOTPSMS({ userId }, context) {
      return { details: changedV2(await addOtpSms(commandContext(store, context), { userId })) };
    },

    async registerU2F({ userId, domain }, context) {
      const rpId = domain || hostOf(context.url);
      const started = await startWebAuthnRegistration(commandContext(store, context), { userId, kind: 'u2f', rpId });
      return {
        details: changedV2(started.details),
        u2fId: started.tokenId,
        publicKeyCredentialCreationOptions: toJsonObject(started.options),
      };
    },

    async verifyU2FRegistration({ userId, u2fId, publicKeyCredential, tokenName }, context) {
      const changed = await verifyWebAuthnRegistration(commandContext(store, context), {
        userId,
        kind: 'u2f',
        tokenId: u2fId,
        name: tokenName,
        credential: publicKeyCredential,
      });
      return { details: changedV2(changed) };
    },

    async registerPasskey({ userId, domain, code }, context) {
      const started = await startWebAuthnRegistration(commandContext(store, context), {
        userId,
        kind: 'passkey',
        rpId: domain || hostOf(context.url),
        ...(code && { link: { id: code.id, code: code.code } }),
      });
      return {
        details: changedV2(started.details),
        passkeyId: started.tokenId,
        publicKeyCredentialCreationOptions: toJsonObject(started.options),
      };
    },

    async verifyPasskeyRegistration({ userId, passkeyId, publicKeyCredential, passkeyName }, context) {
      const changed = await verifyWebAuthnRegistration(commandContext(store, context), {
        userId,
        kind: 'passkey',
        tokenId: passkeyId,
        name: passkeyName,
        credential: publicKeyCredential,
      });
      return { details: changedV2(changed) };
    },
  });
}
