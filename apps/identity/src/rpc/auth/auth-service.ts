import { AuthService } from '@zitadel/proto/zitadel/auth_pb.js';
import { removeOtpEmail, removeOtpSms, removeTotp, removeWebAuthnToken } from '../../commands/factors/remove-factor.ts';
import { notFound } from '../../domain/errors.ts';
import { permissionsIn } from '../../domain/permissions.ts';
import { loadFactors, loadMemberships, loadUser } from '../../store/load.ts';
import type { Store } from '../../store/open-store.ts';
import { callerOf, commandContext } from '../access/api-caller.ts';
import { listChanges } from '../convert/changes.ts';
import { changedV1, listV1 } from '../convert/details.ts';
import { isListed, toAuthFactorV1, toWebAuthnTokenV1 } from '../convert/factors.ts';
import { listMemberships } from '../convert/memberships.ts';
import { toUserV1 } from '../convert/user-v1.ts';
import type { Texts } from '../errors/translate.ts';
import { part } from '../service.ts';

/** What people ask about themselves, v1. */
export function authService(store: Store, texts: Texts) {
  return part(AuthService, {
    async getMyUser(_request, context) {
      const row = await loadUser(store.db, callerOf(context).userId);
      if (!row) throw notFound('QUERY-Dfbg2', 'Errors.User.NotFound');
      return { user: toUserV1(row) };
    },

    async listMyZitadelPermissions(_request, context) {
      const { userId, contextOrganisationId } = callerOf(context);
      return { result: [...permissionsIn(await loadMemberships(store.db, userId), contextOrganisationId)] };
    },

    async listMyMemberships(request, context) {
      const { userId } = callerOf(context);
      const { total, result } = await listMemberships(store.db, userId, request);
      return { details: listV1(total), result };
    },

    async listMyUserChanges({ query }, context) {
      const { userId, organisationId } = callerOf(context);
      return { result: await listChanges(store, texts, context, { type: 'user', id: userId, organisationId }, query) };
    },

    async listMyAuthFactors(_request, context) {
      const factors = await loadFactors(store.db, callerOf(context).userId);
      return { result: factors.filter(isListed).map(toAuthFactorV1) };
    },

    async listMyPasswordless(_request, context) {
      const factors = await loadFactors(store.db, callerOf(context).userId);
      const passkeys = factors.filter((factor) => factor.kind === 'passkey' && factor.state === 'ready');
      return { result: passkeys.map(toWebAuthnTokenV1) };
    },

    async removeMyAuthFactorOTP(_request, context) {
      const { userId } = callerOf(context);
      return { details: changedV1(await removeTotp(commandContext(store, context), { userId })) };
    },

    async removeMyAuthFactorOTPEmail(_request, context) {
      const { userId } = callerOf(context);
      return { details: changedV1(await removeOtpEmail(commandContext(store, context), { userId })) };
    },

    async removeMyAuthFactorOTPSMS(_request, context) {
      const { userId } = callerOf(context);
      return { details: changedV1(await removeOtpSms(commandContext(store, context), { userId })) };
    },

    async removeMyAuthFactorU2F({ tokenId }, context) {
      const token = { userId: callerOf(context).userId, tokenId, kind: 'u2f' } as const;
      return { details: changedV1(await removeWebAuthnToken(commandContext(store, context), token)) };
    },

    async removeMyPasswordless({ tokenId }, context) {
      const token = { userId: callerOf(context).userId, tokenId, kind: 'passkey' } as const;
      return { details: changedV1(await removeWebAuthnToken(commandContext(store, context), token)) };
    },
  });
}
