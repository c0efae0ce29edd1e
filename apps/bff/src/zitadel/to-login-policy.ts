import type { LoginPolicy, SecondFactorType } from '@latchkey/contract/login-policy';
import type { SignInRules } from '@latchkey/contract/user';
import {
  MultiFactorType,
  PasswordlessType,
  type LoginPolicy as TheirPolicy,
  SecondFactorType as TheirType,
} from '@zitadel/proto/zitadel/policy_pb.js';
import { recoveryCodesSecondFactorType } from './newer-api.ts';
import { toSeconds, toTime } from './to-time.ts';

/** Our words for ZITADEL's second factor types. `OTP` is the authenticator app. */
const theirs: Record<SecondFactorType, TheirType> = {
  totp: TheirType.OTP,
  u2f: TheirType.U2F,
  otpEmail: TheirType.OTP_EMAIL,
  otpSms: TheirType.OTP_SMS,
  recoveryCodes: recoveryCodesSecondFactorType as TheirType,
};
const types = Object.keys(theirs) as SecondFactorType[];

export function fromSecondFactorType(type: SecondFactorType): TheirType {
  return theirs[type];
}

/** @returns the types in the order in which they are shown; those that are not known are left out. */
export function toSecondFactorTypes(list: readonly TheirType[]): SecondFactorType[] {
  return types.filter((type) => list.includes(theirs[type]));
}

export function toLoginPolicy(policy: TheirPolicy): Omit<LoginPolicy, 'actions'> {
  return {
    secondFactors: toSecondFactorTypes(policy.secondFactors),
    multiFactors: policy.multiFactors.includes(MultiFactorType.U2F_WITH_VERIFICATION) ? ['u2fWithVerification'] : [],
    forceMfa: policy.forceMfa,
    forceMfaLocalOnly: policy.forceMfaLocalOnly,
    passwordlessAllowed: policy.passwordlessType === PasswordlessType.ALLOWED,
    usernamePasswordAllowed: policy.allowUsernamePassword,
    lifetimes: {
      passwordCheck: toSeconds(policy.passwordCheckLifetime),
      externalLoginCheck: toSeconds(policy.externalLoginCheckLifetime),
      mfaInitSkip: toSeconds(policy.mfaInitSkipLifetime),
      secondFactorCheck: toSeconds(policy.secondFactorCheckLifetime),
      multiFactorCheck: toSeconds(policy.multiFactorCheckLifetime),
    },
    changedAt: toTime(policy.details?.changeDate),
  };
}

/** What of a login policy decides how somebody signs in. */
export function toSignInRules(policy: TheirPolicy): SignInRules {
  return {
    secondFactors: toSecondFactorTypes(policy.secondFactors),
    forceMfa: policy.forceMfa || policy.forceMfaLocalOnly,
    passwordlessAllowed: policy.passwordlessType === PasswordlessType.ALLOWED,
    mfaInitSkip: toSeconds(policy.mfaInitSkipLifetime),
  };
}
