import { alreadyExists, type DomainError, notFound } from './errors.ts';

/** Second factors a policy may allow. Events carry ZITADEL's number (zitadel.md 2.5). */
export type SecondFactor = 'totp' | 'u2f' | 'otpEmail' | 'otpSms' | 'recoveryCodes';

/** The only multi factor there is: a passkey that verifies its user. */
export type MultiFactor = 'u2fWithVerification';

export const SECOND_FACTOR_NUMBER: Record<SecondFactor, number> = {
  totp: 1,
  u2f: 2,
  otpEmail: 3,
  otpSms: 4,
  recoveryCodes: 5,
};

/** What a login policy says apart from its factors. Lifetimes are in seconds. */
export interface LoginPolicyRules {
  readonly allowUsernamePassword: boolean;
  readonly allowRegister: boolean;
  readonly allowExternalIdp: boolean;
  readonly forceMfa: boolean;
  readonly forceMfaLocalOnly: boolean;
  readonly passkeysAllowed: boolean;
  readonly hidePasswordReset: boolean;
  readonly ignoreUnknownUsernames: boolean;
  readonly allowDomainDiscovery: boolean;
  readonly disableLoginWithEmail: boolean;
  readonly disableLoginWithPhone: boolean;
  readonly defaultRedirectUri: string;
  readonly passwordCheckLifetime: number;
  readonly externalLoginCheckLifetime: number;
  readonly mfaInitSkipLifetime: number;
  readonly secondFactorCheckLifetime: number;
  readonly multiFactorCheckLifetime: number;
}

const HOUR = 3600;

/** The policy of a new instance (zitadel.md 3.4). */
export const DEFAULT_LOGIN_POLICY: LoginPolicyRules = {
  allowUsernamePassword: true,
  allowRegister: true,
  allowExternalIdp: true,
  forceMfa: false,
  forceMfaLocalOnly: false,
  passkeysAllowed: true,
  hidePasswordReset: false,
  ignoreUnknownUsernames: false,
  allowDomainDiscovery: true,
  disableLoginWithEmail: false,
  disableLoginWithPhone: false,
  defaultRedirectUri: '',
  passwordCheckLifetime: 240 * HOUR,
  externalLoginCheckLifetime: 240 * HOUR,
  mfaInitSkipLifetime: 720 * HOUR,
  secondFactorCheckLifetime: 18 * HOUR,
  multiFactorCheckLifetime: 12 * HOUR,
};

/** Second factors of a new instance; codes by email and SMS are off. */
export const DEFAULT_SECOND_FACTORS: readonly SecondFactor[] = ['totp', 'u2f'];

/** Whose policy: the instance's, or an organisation's own. Both have their own error ids. */
export type PolicyLevel = 'instance' | 'organisation';

export function secondFactorMissing(level: PolicyLevel): DomainError {
  return level === 'instance'
    ? notFound('INSTANCE-3M9od', 'Errors.Instance.LoginPolicy.MFA.NotExisting')
    : notFound('Org-3M9od', 'Errors.Org.LoginPolicy.MFA.NotExisting');
}

export function secondFactorPresent(level: PolicyLevel): DomainError {
  return level === 'instance'
    ? alreadyExists('INSTANCE-2B0ps', 'Errors.Instance.MFA.AlreadyExists')
    : alreadyExists('Org-2B0ps', 'Errors.Org.LoginPolicy.MFA.AlreadyExists');
}

export function multiFactorMissing(level: PolicyLevel): DomainError {
  return level === 'instance'
    ? notFound('INSTANCE-3M9df', 'Errors.Instance.LoginPolicy.MFA.NotExisting')
    : notFound('Org-3M9df', 'Errors.Org.LoginPolicy.MFA.NotExisting');
}

/** The same id as the missing second factor's, of another kind: so it is in ZITADEL. */
export function multiFactorPresent(level: PolicyLevel): DomainError {
  return level === 'instance'
    ? alreadyExists('INSTANCE-3M9od', 'Errors.Instance.MFA.AlreadyExists')
    : alreadyExists('Org-3M9od', 'Errors.Org.LoginPolicy.MFA.AlreadyExists');
}
