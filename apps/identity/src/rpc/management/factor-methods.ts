import { ManagementService } from '@zitadel/proto/zitadel/management_pb.js';
import { removeOtpEmail, removeOtpSms, removeTotp, removeWebAuthnToken } from '../../commands/factors/remove-factor.ts';
import { loadFactors } from '../../store/load.ts';
import type { Store } from '../../store/open-store.ts';
import { commandContext, contextOrganisation } from '../access/api-caller.ts';
import { changedV1 } from '../convert/details.ts';
import { isListed, toAuthFactorV1, toWebAuthnTokenV1 } from '../convert/factors.ts';
import { part } from '../service.ts';

/** Factors of users of the context's organisation, v1: of any other they are not there. */
export function managementFactors(store: Store) {
  const loadHere = async (userId: string, organisationId: string) =>
    (await loadFactors(store.db, userId)).filter(
      (factor) => factor.organisation_id === organisationId && factor.state === 'ready',
    );
  return part(ManagementService, {
    async listHumanAuthFactors({ userId }, context) {
      const factors = await loadHere(userId, contextOrganisation(context));
      return { result: factors.filter(isListed).map(toAuthFactorV1) };
    },

    async listHumanPasswordless({ userId }, context) {
      const factors = await loadHere(userId, contextOrganisation(context));
      const passkeys = factors.filter((factor) => factor.kind === 'passkey');
      return { result: passkeys.map(toWebAuthnTokenV1) };
    },

    async removeHumanAuthFactorOTP({ userId }, context) {
      const input = { userId, resourceOwner: contextOrganisation(context) };
      return { details: changedV1(await removeTotp(commandContext(store, context), input)) };
    },

    async removeHumanAuthFactorOTPEmail({ userId }, context) {
      const input = { userId, resourceOwner: contextOrganisation(context) };
      return { details: changedV1(await removeOtpEmail(commandContext(store, context), input)) };
    },

    async removeHumanAuthFactorOTPSMS({ userId }, context) {
      const input = { userId, resourceOwner: contextOrganisation(context) };
      return { details: changedV1(await removeOtpSms(commandContext(store, context), input)) };
    },

    async removeHumanAuthFactorU2F({ userId, tokenId }, context) {
      const input = { userId, tokenId, resourceOwner: contextOrganisation(context), kind: 'u2f' } as const;
      return { details: changedV1(await removeWebAuthnToken(commandContext(store, context), input)) };
    },

    async removeHumanPasswordless({ userId, tokenId }, context) {
      const input = { userId, tokenId, resourceOwner: contextOrganisation(context), kind: 'passkey' } as const;
      return { details: changedV1(await removeWebAuthnToken(commandContext(store, context), input)) };
    },
  });
}
