import type { FactorRef } from '@latchkey/contract/factor';
import type { AsCaller } from './caller.ts';
import type { Zitadel } from './client.ts';
import { isMissingRoute } from './to-problem.ts';
import type { UserPlace } from './to-user.ts';

/** Which of ZITADEL's two generations removes factors; `auto`: v2, and v1 where this ZITADEL has no v2 for it. */
export type RemovalApi = 'auto' | 'v1' | 'v2';

/**
 * Asks ZITADEL once to remove one factor. Resolves when ZITADEL confirmed it; its read side may lag behind.
 *
 * @throws ConnectError, UpstreamFault: see `mayHaveHappened` before believing that nothing happened.
 */
export async function removeFactor(
  zitadel: Zitadel,
  caller: AsCaller,
  user: UserPlace,
  factor: FactorRef,
  api: RemovalApi,
): Promise<void> {
  if (api === 'v1') return await removeByV1(zitadel, caller, user, factor);
  try {
    await removeByV2(zitadel, caller, user, factor);
  } catch (error) {
    if (api === 'v2' || !isMissingRoute(error)) throw error;
    await removeByV1(zitadel, caller, user, factor);
  }
}

async function removeByV2(
  { users }: Zitadel,
  caller: AsCaller,
  { userId }: UserPlace,
  factor: FactorRef,
): Promise<void> {
  switch (factor.kind) {
    case 'totp':
      await users.removeTOTP({ userId }, caller);
      return;
    case 'otpSms':
      await users.removeOTPSMS({ userId }, caller);
      return;
    case 'otpEmail':
      await users.removeOTPEmail({ userId }, caller);
      return;
    case 'u2f':
      await users.removeU2F({ userId, u2fId: factor.id }, caller);
      return;
    case 'passkey':
      await users.removePasskey({ userId, passkeyId: factor.id }, caller);
      return;
    case 'recoveryCodes':
      await users.removeRecoveryCodes({ userId }, caller);
      return;
  }
}

/** v1 finds a user only in the organisation that `x-zitadel-orgid` names (zitadel.md 2.1). */
async function removeByV1(zitadel: Zitadel, caller: AsCaller, user: UserPlace, factor: FactorRef): Promise<void> {
  const { management } = zitadel;
  const { userId } = user;
  const there = caller.in(user.organisationId);
  switch (factor.kind) {
    case 'totp':
      await management.removeHumanAuthFactorOTP({ userId }, there);
      return;
    case 'otpSms':
      await management.removeHumanAuthFactorOTPSMS({ userId }, there);
      return;
    case 'otpEmail':
      await management.removeHumanAuthFactorOTPEmail({ userId }, there);
      return;
    case 'u2f':
      await management.removeHumanAuthFactorU2F({ userId, tokenId: factor.id }, there);
      return;
    case 'passkey':
      await management.removeHumanPasswordless({ userId, tokenId: factor.id }, there);
      return;
    case 'recoveryCodes':
      // They are younger than v1, which never learnt them.
      await removeByV2(zitadel, caller, user, factor);
      return;
  }
}
