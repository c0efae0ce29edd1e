import type { LoginPolicy, SecondFactorType } from '@latchkey/contract/login-policy';
import type { SignInRules } from '@latchkey/contract/user';
import type { AsCaller } from '../caller.ts';
import type { Zitadel } from '../client.ts';
import { toLoginPolicy, toSecondFactorTypes, toSignInRules } from '../to-login-policy.ts';
import { isRefusal } from '../to-problem.ts';
import { toTime } from '../to-time.ts';

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

/** That a second factor type was put into the instance's login policy, or taken out. `at` is epoch milliseconds. */
export interface SecondFactorEvent {
  readonly event: string;
  readonly type: SecondFactorType | undefined;
  readonly actorId: string;
  readonly at: number;
}

/** The newest thousand of them: as many as ZITADEL gives at once. Needs `events.read`. */
export async function listSecondFactorEvents(zitadel: Zitadel, caller: AsCaller): Promise<SecondFactorEvent[]> {
  const eventTypes = ['instance.policy.login.secondfactor.added', 'instance.policy.login.secondfactor.removed'];
  const { events } = await zitadel.admin.listEvents({ limit: 1000, asc: false, eventTypes }, caller);
  return events.map(({ type, payload, editor, creationDate }) => ({
    event: type?.type ?? '',
    // The events have the number that the type has in the API.
    type: typeof payload?.mfaType === 'number' ? toSecondFactorTypes([payload.mfaType])[0] : undefined,
    actorId: editor?.userId ?? '',
    at: Date.parse(toTime(creationDate) ?? ''),
  }));
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
