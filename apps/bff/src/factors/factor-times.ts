import type { ZitadelEvent } from '@latchkey/contract/activity';
import type { Factor, FactorKind } from '@latchkey/contract/factor';
import type { SessionCheck, UserSession } from '@latchkey/contract/user-session';

/** What began each kind of factor: the finished enrolment first, then the begun one. */
const enrolments: Record<FactorKind, readonly string[]> = {
  totp: ['user.human.mfa.otp.verified', 'user.human.mfa.otp.added'],
  u2f: ['user.human.mfa.u2f.token.verified', 'user.human.mfa.u2f.token.added'],
  passkey: ['user.human.passwordless.token.verified', 'user.human.passwordless.token.added'],
  otpSms: ['user.human.mfa.otp.sms.added'],
  otpEmail: ['user.human.mfa.otp.email.added'],
  recoveryCodes: ['user.human.mfa.recoverycode.added'],
};

const checks: Record<FactorKind, SessionCheck['by']> = {
  totp: 'totp',
  u2f: 'webAuthn',
  passkey: 'webAuthn',
  otpSms: 'otpSms',
  otpEmail: 'otpEmail',
  recoveryCodes: 'recoveryCode',
};

/**
 * Says of each factor when it was added and last used, where that is certain. ZITADEL's changes and sessions do not name
 * the key they are about, so of several keys nothing is said rather than something that may be wrong.
 *
 * @param events newest first; null when they could not be read.
 * @param sessions null when they could not be read.
 */
export function withTimes(
  factors: readonly Factor[],
  events: readonly ZitadelEvent[] | null,
  sessions: readonly UserSession[] | null,
): Factor[] {
  const keys = factors.filter((factor) => 'id' in factor).length;
  return factors.map((factor) => ({
    ...factor,
    addedAt: events && addedAt(factor, events),
    lastUsedAt: sessions && ('id' in factor && keys > 1 ? null : lastUsedAt(factor.kind, sessions)),
  }));
}

function addedAt(factor: Factor, events: readonly ZitadelEvent[]): string | null {
  const names = enrolments[factor.kind].slice(factor.state === 'ready' ? 0 : -1);
  const name = names.find((candidate) => events.some(({ event }) => event === candidate));
  const found = events.filter(({ event }) => event === name);
  // A second key, or one that is gone meanwhile, would have been added by the same event.
  return 'id' in factor && found.length > 1 ? null : (found[0]?.at ?? null);
}

function lastUsedAt(kind: FactorKind, sessions: readonly UserSession[]): string | null {
  const times = sessions
    .flatMap((session) => session.checks.filter(({ by }) => by === checks[kind]))
    .map(({ at }) => at);
  return times.toSorted().at(-1) ?? null;
}
