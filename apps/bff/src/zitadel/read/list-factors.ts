import type { Factor } from '@latchkey/contract/factor';
import { AuthFactorState } from '@zitadel/proto/zitadel/user/v2/user_pb.js';
import type { AsCaller } from '../caller.ts';
import type { Zitadel } from '../client.ts';
import { recoveryCodeMethodType } from '../newer-api.ts';
import { sortFactors, toFactor, toPasskey } from '../to-factor.ts';
import type { UserPlace } from '../to-user.ts';

/**
 * All factors of a user, half-enrolled ones too. ZITADEL has them in three places: second factors (half-enrolled only
 * when asked for), passkeys (finished ones only), and recovery codes among the methods of signing in.
 *
 * @throws ConnectError, UpstreamFault
 */
export async function listFactors(zitadel: Zitadel, caller: AsCaller, user: UserPlace): Promise<Factor[]> {
  const { userId } = user;
  const states = [AuthFactorState.READY, AuthFactorState.NOT_READY];
  const [factors, passkeys, methods] = await Promise.all([
    zitadel.users.listAuthenticationFactors({ userId, states }, caller),
    zitadel.users.listPasskeys({ userId }, caller),
    // Its permission is asked in the caller's context, so the context has to be the user's organisation (zitadel.md 3.1).
    zitadel.users.listAuthenticationMethodTypes({ userId }, caller.in(user.organisationId)),
  ]);
  const found = [...factors.result.map(toFactor), ...passkeys.result.map(toPasskey)];
  if (methods.authMethodTypes.some((type: number) => type === recoveryCodeMethodType)) {
    found.push({ kind: 'recoveryCodes', state: 'ready' });
  }
  return sortFactors(found.filter((factor) => factor !== undefined));
}
