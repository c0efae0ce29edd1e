import { type Factor, type FactorRef, isSameFactor } from '@latchkey/contract/factor';
import type { SignInRules } from '@latchkey/contract/user';

/** What decides which factors a person is asked for at sign-in. */
export interface AskedAtSignIn {
  /** Of the policy that holds for the person; null when they cannot be read. */
  readonly rules: SignInRules | null;
  /** Whether this operator's sign-in pages take recovery codes: ZITADEL's own do not. */
  readonly recoveryCodesAtSignIn: boolean;
}

/**
 * Whether a factor is all that stands between a person's password and whoever has it: then it goes from an admin in a
 * reset, which a second person approves, and in no other way. What is not asked for at sign-in protects nobody, and may
 * go: an enrolment that was never finished, or a type that the policy does not allow. Where the rules cannot be read, no
 * other factor is certain to be asked for, so each one that is ready counts as the last.
 */
export function isLastAskedFor(factors: readonly Factor[], factor: FactorRef, asked: AskedAtSignIn): boolean {
  const { rules } = asked;
  const ready = factors.filter(({ state }) => state === 'ready');
  if (!rules) return ready.some((one) => isSameFactor(one, factor));
  const counted = ready.filter(({ kind }) => isAskedFor(kind, rules, asked));
  return counted.length === 1 && counted.every((only) => isSameFactor(only, factor));
}

function isAskedFor(kind: Factor['kind'], rules: SignInRules, { recoveryCodesAtSignIn }: AskedAtSignIn): boolean {
  switch (kind) {
    case 'passkey':
      return rules.passwordlessAllowed;
    case 'recoveryCodes':
      return recoveryCodesAtSignIn && rules.secondFactors.includes(kind);
    case 'totp':
    case 'u2f':
    case 'otpEmail':
    case 'otpSms':
      return rules.secondFactors.includes(kind);
  }
}
