import type { LoginPolicy, SecondFactorType } from '@latchkey/contract/login-policy';
import type { SignInRules } from '@latchkey/contract/user';
import type { AsCaller } from '../caller.ts';
import type { Zitadel } from '../client.ts';
import { toLoginPolicy, toSecondFactorTypes, toSignInRules } from '../to-login-policy.ts';
import { isRefusal } from '../to-problem.ts';

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

/**
 * What the policy that holds in an organisation (its own, else the instance's) asks at sign-in.
 *
 * @returns null when the caller may not read it, or it cannot be read now: it only explains, and nothing depends on it.
 */
export async function readSignInRules(
  zitadel: Zitadel,
  caller: AsCaller,
  organisationId: string,
): Promise<SignInRules | null> {
  try {
    const { policy } = await zitadel.management.getLoginPolicy({}, caller.in(organisationId));
    return policy ? toSignInRules(policy) : null;
  } catch {
    return null;
  }
}

/**
 * Whether the instance's policy holds in an organisation.
 *
 * @returns null when the caller may not know.
 * @throws ConnectError, UpstreamFault
 */
export async function inheritsLoginPolicy(
  zitadel: Zitadel,
  caller: AsCaller,
  organisationId: string,
): Promise<boolean | null> {
  try {
    return (await zitadel.management.getLoginPolicy({}, caller.in(organisationId))).isDefault;
  } catch (error) {
    if (isRefusal(error)) return null;
    throw error;
  }
}
