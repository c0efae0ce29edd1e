import type { Factor } from '@latchkey/contract/factor';
import { AuthFactorState } from '@zitadel/proto/zitadel/user/v2/user_pb.js';
import { AuthenticationMethodType } from '@zitadel/proto/zitadel/user/v2/user_service_pb.js';
import type { AsCaller } from '../caller.ts';
import type { Zitadel } from '../client.ts';
import { recoveryCodeMethodType } from '../newer-api.ts';
import { sortFactors, toFactor, toPasskey } from '../to-factor.ts';
import type { UserPlace } from '../to-user.ts';

/** All that a user can sign in with. */
export interface SignInMeans {
  readonly factors: Factor[];
  readonly password: boolean;
  readonly identityProvider: boolean;
}

/** All factors of a user, half-enrolled ones too. Throws as `readSignInMeans` does. */
export async function listFactors(zitadel: Zitadel, caller: AsCaller, user: UserPlace): Promise<Factor[]> {
  return (await readSignInMeans(zitadel, caller, user)).factors;
}

/**
 * All that a user can sign in with. ZITADEL has factors in three places: second factors (half-enrolled only when asked
 * for), passkeys (finished ones only), and recovery codes among the methods of signing in.
 *
 * @throws ConnectError, UpstreamFault
 */
export async function readSignInMeans(zitadel: Zitadel, caller: AsCaller, user: UserPlace): Promise<SignInMeans> {
  const { userId } = user;
  const states = [AuthFactorState.READY, AuthFactorState.NOT_READY];
  const [factors, passkeys, { authMethodTypes }] = await Promise.all([
    zitadel.users.listAuthenticationFactors({ userId, states }, caller),
    zitadel.users.listPasskeys({ userId }, caller),
    // Its permission is asked in the caller's context, so the context has to be the user's organisation (zitadel.md 3.1).
    zitadel.users.listAuthenticationMethodTypes({ userId }, caller.in(user.organisationId)),
  ]);
  const found = [...factors.result.map(toFactor), ...passkeys.result.map(toPasskey)];
  if (authMethodTypes.some((type: number) => type === recoveryCodeMethodType)) {
    found.push({ kind: 'recoveryCodes', state: 'ready' });
  }
  return {
    factors: sortFactors(found.filter((factor) => factor !== undefined)),
    password: authMethodTypes.includes(AuthenticationMethodType.PASSWORD),
    identityProvider: authMethodTypes.includes(AuthenticationMethodType.IDP),
  };
}
