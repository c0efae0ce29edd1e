import type { FactorKind } from '../domain/factors.ts';
import type { LoginPolicyRules, SecondFactor } from '../domain/login-policy.ts';
import type { SessionTable } from '../store/session-tables.ts';

/** What decides a person's sign-in apart from what they prove. */
export interface SignInFacts {
  /** Kinds that are set up and confirmed. */
  readonly ready: ReadonlySet<FactorKind>;
  readonly rules: LoginPolicyRules;
  /** Second factors that the policy allows. */
  readonly allowed: ReadonlySet<SecondFactor>;
  /** Epoch milliseconds at which the person last said that they want no second factor. */
  readonly setUpSkippedAt: number | null;
}

/** What a session proves, and what is still missing. */
export interface Assessment {
  /** RFC 8176 names, as ZITADEL chooses them. */
  readonly amr: readonly string[];
  /** Epoch milliseconds of the latest check; undefined when nothing was checked. */
  readonly checkedAt: number | undefined;
  readonly missing: Missing;
}

/** `setUp`: a second factor is to be set up; `forced` when that cannot be put off. */
export type Missing =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'password' }
  | { readonly kind: 'secondFactor'; readonly usable: readonly [OfferedFactor, ...OfferedFactor[]] }
  | { readonly kind: 'setUp'; readonly forced: boolean };

/** Second factors that the pages ask for, in the order in which they are offered. Recovery codes are never. */
const OFFERED = ['otpEmail', 'otpSms', 'totp', 'u2f'] as const;

/** In the order in which they are offered for set-up: what protects best and is at hand comes first. */
const SETTABLE = ['totp', 'u2f', 'otpSms', 'otpEmail'] as const;

export type OfferedFactor = (typeof OFFERED)[number];

/**
 * Judges a session as ZITADEL's Login V1 does: what was proved counts for the policy's lifetimes, and only while the
 * factor is still there.
 *
 * @param since epoch milliseconds; checks from before do not count, for somebody who must sign in again.
 * @param now epoch milliseconds.
 */
export function assess(session: SessionTable, facts: SignInFacts, now: number, since = 0): Assessment {
  const proofs = readProofs(session, facts, now, since);
  const times = Object.values(proofs).filter((at) => at !== undefined);
  return {
    amr: toAmr(proofs),
    checkedAt: times.length > 0 ? Math.max(...times) : undefined,
    missing: whatIsMissing(proofs, facts, now),
  };
}

/** Second factors that the person has and the policy allows, in the order of the pages. */
export function usableFactors(facts: SignInFacts): readonly OfferedFactor[] {
  return OFFERED.filter((kind) => facts.ready.has(kind) && facts.allowed.has(kind));
}

/** Second factors that the person could set up: codes go only to an address or number that is known to be theirs. */
export function settableFactors(
  facts: SignInFacts,
  user: { readonly email_verified: 0 | 1; readonly phone_verified: 0 | 1 },
): readonly OfferedFactor[] {
  const possible = { totp: true, u2f: true, otpEmail: user.email_verified === 1, otpSms: user.phone_verified === 1 };
  return SETTABLE.filter((kind) => facts.allowed.has(kind) && possible[kind]);
}

/** Epoch milliseconds of each kind of proof that counts. */
interface Proofs {
  readonly password: number | undefined;
  readonly code: number | undefined;
  readonly key: number | undefined;
  readonly passkey: number | undefined;
}

function readProofs(session: SessionTable, facts: SignInFacts, now: number, since: number): Proofs {
  const { rules } = facts;
  const within = (at: number | null, seconds: number) =>
    at !== null && at >= since && at + seconds * 1000 > now ? at : undefined;
  const codes = [
    [session.totp_checked_at, 'totp'],
    [session.otp_email_checked_at, 'otpEmail'],
    [session.otp_sms_checked_at, 'otpSms'],
    [session.recovery_code_checked_at, 'recoveryCodes'],
  ] as const;
  const code = codes
    .filter(([, kind]) => facts.ready.has(kind) && facts.allowed.has(kind))
    .map(([at]) => within(at, rules.secondFactorCheckLifetime))
    .filter((at) => at !== undefined);
  const verified = session.webauthn_user_verified === 1;
  const at = session.webauthn_checked_at;
  return {
    password: within(session.password_checked_at, rules.passwordCheckLifetime),
    code: code.length > 0 ? Math.max(...code) : undefined,
    key: facts.ready.has('u2f') && facts.allowed.has('u2f') ? within(at, rules.secondFactorCheckLifetime) : undefined,
    passkey:
      verified && facts.ready.has('passkey') && rules.passkeysAllowed
        ? within(at, rules.multiFactorCheckLifetime)
        : undefined,
  };
}

function toAmr({ password, code, key, passkey }: Proofs): readonly string[] {
  const byKey = key !== undefined || passkey !== undefined;
  const names = [
    ...(password === undefined ? [] : ['pwd']),
    ...(code === undefined ? [] : ['otp']),
    ...(byKey ? ['user'] : []),
  ];
  return names.length > 1 || passkey !== undefined ? [...names, 'mfa'] : names;
}

function whatIsMissing(proofs: Proofs, facts: SignInFacts, now: number): Missing {
  if (proofs.passkey !== undefined) return { kind: 'nothing' };
  if (proofs.password === undefined) return { kind: 'password' };
  if (proofs.code !== undefined || proofs.key !== undefined) return { kind: 'nothing' };
  const [first, ...rest] = usableFactors(facts);
  if (first) return { kind: 'secondFactor', usable: [first, ...rest] };
  if (facts.rules.forceMfa || facts.rules.forceMfaLocalOnly) return { kind: 'setUp', forced: true };
  return isAskedToSetUp(facts, now) ? { kind: 'setUp', forced: false } : { kind: 'nothing' };
}

/** Whoever has no second factor is asked once in a while; a lifetime of zero asks nobody. */
function isAskedToSetUp({ rules, allowed, setUpSkippedAt }: SignInFacts, now: number): boolean {
  if (rules.mfaInitSkipLifetime === 0 || !SETTABLE.some((kind) => allowed.has(kind))) return false;
  return setUpSkippedAt === null || setUpSkippedAt + rules.mfaInitSkipLifetime * 1000 <= now;
}
