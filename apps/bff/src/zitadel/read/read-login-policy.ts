import type { LoginPolicy, SecondFactorType } from '@latchkey/contract/login-policy';
import type { AsCaller } from '../caller.ts';
import type { Zitadel } from '../client.ts';
import { toLoginPolicy, toSecondFactorTypes } from '../to-login-policy.ts';

/**
 * The instance's login policy.
 *
 * @returns undefined when ZITADEL answered without one.
 * @throws ConnectError, UpstreamFault
 */
export async function readLoginPolicy(
  zitadel: Zitadel,
  caller: AsCaller,
): Promise<Omit<LoginPolicy, 'actions'> | undefined> {
  const { policy } = await zitadel.admin.getLoginPolicy({}, caller);
  return policy && toLoginPolicy(policy);
}

/** The second factor types the instance's login policy allows. */
export async function listSecondFactorTypes(zitadel: Zitadel, caller: AsCaller): Promise<SecondFactorType[]> {
  const { result } = await zitadel.admin.listLoginPolicySecondFactors({}, caller);
  return toSecondFactorTypes(result);
}
