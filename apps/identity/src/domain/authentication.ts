import type { FactorKind } from './factors.ts';
import type { SecondFactor } from './login-policy.ts';

/** What was proved in a session. */
export interface ProvedFactors {
  readonly password: boolean;
  /** Authenticator app, code by email or SMS, or recovery code. */
  readonly code: boolean;
  /** A security key or passkey signed; whether it knew its user. */
  readonly webAuthn: 'none' | 'present' | 'verified';
}

/** What a person has to have proved before the API answers (zitadel-oidc.md 2). */
export interface AuthenticationNeeds {
  readonly forceMfa: boolean;
  /** Second factors of the policy. */
  readonly allowed: readonly SecondFactor[];
  /** Confirmed factors of the person. */
  readonly set: readonly FactorKind[];
}

export type AuthenticationAnswer = 'enough' | 'mfa-required' | 'authentication-required';

/**
 * Whether a session is good enough for the API. A second factor must have been used when the policy forces it or the
 * person has one that the policy allows; a passkey or recovery codes alone do not count as one that they have.
 */
export function judgeAuthentication(proved: ProvedFactors, needs: AuthenticationNeeds): AuthenticationAnswer {
  if (!proved.password && !proved.code && proved.webAuthn === 'none') return 'authentication-required';
  if (isMultiFactor(proved)) return 'enough';
  const hasSecondFactor = needs.set.some(
    (kind) => kind !== 'passkey' && kind !== 'recoveryCodes' && needs.allowed.includes(kind),
  );
  return needs.forceMfa || hasSecondFactor || !proved.password ? 'mfa-required' : 'enough';
}

/** Two different proofs, or a passkey that knew its user. */
export function isMultiFactor(proved: ProvedFactors): boolean {
  return proved.webAuthn === 'verified' || (proved.password && (proved.code || proved.webAuthn !== 'none'));
}
