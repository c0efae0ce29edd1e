import type { SecondFactorType } from '@latchkey/contract/login-policy';
import type { AsCaller } from './caller.ts';
import type { Zitadel } from './client.ts';
import { fromSecondFactorType } from './to-login-policy.ts';

/**
 * Asks ZITADEL once to take a second factor type out of the instance's login policy.
 *
 * @throws ConnectError, UpstreamFault: see `mayHaveHappened` before believing that nothing happened.
 */
export async function removeSecondFactorType(
  zitadel: Zitadel,
  caller: AsCaller,
  type: SecondFactorType,
): Promise<void> {
  await zitadel.admin.removeSecondFactorFromLoginPolicy({ type: fromSecondFactorType(type) }, caller);
}

/** Asks ZITADEL once to allow a second factor type in the instance's login policy. Throws the same. */
export async function addSecondFactorType(zitadel: Zitadel, caller: AsCaller, type: SecondFactorType): Promise<void> {
  await zitadel.admin.addSecondFactorToLoginPolicy({ type: fromSecondFactorType(type) }, caller);
}
