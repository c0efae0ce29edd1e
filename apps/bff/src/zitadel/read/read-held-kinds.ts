import type { FactorKind } from '@latchkey/contract/factor';
import { AuthenticationMethodType } from '@zitadel/proto/zitadel/user/v2/user_service_pb.js';
import type { AsCaller } from '../caller.ts';
import type { Zitadel } from '../client.ts';
import { recoveryCodeMethodType } from '../newer-api.ts';
import type { UserPlace } from '../to-user.ts';

const kinds: ReadonlyMap<number, FactorKind> = new Map<number, FactorKind>([
  [AuthenticationMethodType.TOTP, 'totp'],
  [AuthenticationMethodType.U2F, 'u2f'],
  [AuthenticationMethodType.PASSKEY, 'passkey'],
  [AuthenticationMethodType.OTP_SMS, 'otpSms'],
  [AuthenticationMethodType.OTP_EMAIL, 'otpEmail'],
  [recoveryCodeMethodType, 'recoveryCodes'],
]);

/**
 * The kinds of factors a user can sign in with, without their names and states: one call instead of three.
 *
 * @throws ConnectError, UpstreamFault
 */
export async function readHeldKinds(
  zitadel: Zitadel,
  caller: AsCaller,
  { userId, organisationId }: UserPlace,
): Promise<ReadonlySet<FactorKind>> {
  const { authMethodTypes } = await zitadel.users.listAuthenticationMethodTypes({ userId }, caller.in(organisationId));
  return new Set(authMethodTypes.map((type) => kinds.get(type)).filter((kind) => kind !== undefined));
}
