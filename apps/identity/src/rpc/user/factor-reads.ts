import { AuthFactorState } from '@zitadel/proto/zitadel/user/v2/user_pb.js';
import { AuthFactors, UserService } from '@zitadel/proto/zitadel/user/v2/user_service_pb.js';
import { loadFactors, loadUser } from '../../store/load.ts';
import type { Store } from '../../store/open-store.ts';
import { callerOf } from '../access/api-caller.ts';
import { requireRead } from '../access/read-permission.ts';
import { listV2 } from '../convert/details.ts';
import { isListed, stateOf, toAuthFactorV2, toMethodTypes } from '../convert/factors.ts';
import { part } from '../service.ts';

const KIND_OF = {
  [AuthFactors.OTP]: 'totp',
  [AuthFactors.OTP_SMS]: 'otpSms',
  [AuthFactors.OTP_EMAIL]: 'otpEmail',
  [AuthFactors.U2F]: 'u2f',
} as const;

/** Reading factors, v2. Without a result nobody is asked for a right, so an unknown user is an empty list. */
export function factorReads(store: Store) {
  return part(UserService, {
    async listAuthenticationFactors({ userId, authFactors, states }, context) {
      const kinds = new Set<string>(authFactors.map((factor) => KIND_OF[factor]));
      const wanted = new Set(states.length > 0 ? states : [AuthFactorState.READY]);
      const listed = (await loadFactors(store.db, userId))
        .filter(isListed)
        .filter((factor) => wanted.has(stateOf(factor)) && (kinds.size === 0 || kinds.has(factor.kind)));
      const caller = callerOf(context);
      const [first] = listed;
      if (first && caller.userId !== userId) await requireRead(store.db, caller, 'user.read', first.organisation_id);
      return { result: listed.map(toAuthFactorV2) };
    },

    async listPasskeys({ userId }, context) {
      const passkeys = (await loadFactors(store.db, userId)).filter(
        (factor) => factor.kind === 'passkey' && factor.state === 'ready',
      );
      const caller = callerOf(context);
      const [first] = passkeys;
      if (first && caller.userId !== userId) await requireRead(store.db, caller, 'user.read', first.organisation_id);
      return {
        details: listV2(passkeys.length),
        result: passkeys.map((key) => ({ id: key.token_id, state: stateOf(key), name: key.name })),
      };
    },

    async listAuthenticationMethodTypes({ userId, domainQuery }, context) {
      const caller = callerOf(context);
      // The one read that asks in the context's organisation, not in the user's (zitadel.md 3.1).
      if (caller.userId !== userId) {
        await requireRead(store.db, caller, 'user.read', caller.contextOrganisationId);
      }
      const user = await loadUser(store.db, userId);
      const factors = (await loadFactors(store.db, userId)).filter((factor) => factor.state === 'ready');
      const here = factors.filter((factor) => {
        if (!domainQuery?.domain || (factor.kind !== 'u2f' && factor.kind !== 'passkey')) return true;
        return factor.rp_id === domainQuery.domain || (domainQuery.includeWithoutDomain && factor.rp_id === '');
      });
      const authMethodTypes = toMethodTypes(here, user);
      return { details: listV2(authMethodTypes.length), authMethodTypes };
    },
  });
}
