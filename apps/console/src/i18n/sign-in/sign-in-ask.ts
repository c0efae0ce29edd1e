import { type Factor, type FactorKind, type FactorRef, isSameFactor, toFactorRef } from '@latchkey/contract/factor';
import type { SecondFactorType } from '@latchkey/contract/login-policy';
import type { SignInRules } from '@latchkey/contract/user';

/**
 * What sign-in asks a person for after their password, as ZITADEL's embedded pages do it.
 * `locksOut`: a second factor is forced and the policy has no type left, so nobody without a passkey gets in.
 */
export type SecondStep =
  | { readonly kind: 'unknown' }
  | { readonly kind: 'asks'; readonly kinds: readonly SecondFactorType[] }
  | { readonly kind: 'forcesSetUp' }
  | { readonly kind: 'offersSetUp' }
  | { readonly kind: 'nothing' }
  | { readonly kind: 'locksOut' };

/** The whole of it; `passkey` is true when a passkey opens the account without a password. */
export type SignInAsk = { readonly second: SecondStep; readonly passkey: boolean };

// The embedded pages never offer recovery codes: whoever has nothing else is treated as having no factor.
const askedAtSignIn: readonly SecondFactorType[] = ['u2f', 'totp', 'otpEmail', 'otpSms'];

/** What sign-in asks somebody who has these factors under these rules. @param rules null when they cannot be read */
export function signInAsk(factors: readonly Factor[], rules: SignInRules | null): SignInAsk {
  if (rules === null) return { second: { kind: 'unknown' }, passkey: false };
  const ready = new Set<FactorKind>(factors.filter(({ state }) => state === 'ready').map(({ kind }) => kind));
  const passkey = rules.passwordlessAllowed && ready.has('passkey');
  const kinds = askedAtSignIn.filter((type) => ready.has(type) && rules.secondFactors.includes(type));
  return { second: secondStep(kinds, rules), passkey };
}

function secondStep(kinds: readonly SecondFactorType[], rules: SignInRules): SecondStep {
  if (kinds.length > 0) return { kind: 'asks', kinds };
  const canSetUp = rules.secondFactors.length > 0;
  if (rules.forceMfa) return { kind: canSetUp ? 'forcesSetUp' : 'locksOut' };
  const offers = canSetUp && rules.mfaInitSkip !== null && rules.mfaInitSkip > 0;
  return { kind: offers ? 'offersSetUp' : 'nothing' };
}

/** What a removal changes at sign-in: nothing, for one of two reasons, or what is asked from then on. */
export type Consequence =
  | { readonly kind: 'unfinished' }
  | { readonly kind: 'notAsked' }
  | { readonly kind: 'asksThen'; readonly ask: SignInAsk };

/** What follows the removal of one factor. @param rules null when they cannot be read */
export function consequenceOf(removed: Factor, factors: readonly Factor[], rules: SignInRules | null): Consequence {
  if (removed.state === 'notReady') return { kind: 'unfinished' };
  if (rules !== null && !isAsked(removed.kind, rules)) return { kind: 'notAsked' };
  const left = factors.filter((factor) => !isSameFactor(factor, removed));
  return { kind: 'asksThen', ask: signInAsk(left, rules) };
}

function isAsked(kind: FactorKind, rules: SignInRules): boolean {
  if (kind === 'passkey') return rules.passwordlessAllowed;
  return askedAtSignIn.includes(kind) && rules.secondFactors.includes(kind);
}

/** A text that tells the factors of one user apart. */
export function factorKey(factor: Factor | FactorRef): string {
  const ref = toFactorRef(factor);
  return 'id' in ref ? `${ref.kind}/${ref.id}` : ref.kind;
}
