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

/** What says that a kind was used on ZITADEL's embedded pages, whose sign-ins no session lists. */
const uses: Record<FactorKind, string> = {
  totp: 'user.human.mfa.otp.check.succeeded',
  u2f: 'user.human.mfa.u2f.token.check.succeeded',
  passkey: 'user.human.passwordless.token.check.succeeded',
  otpSms: 'user.human.mfa.otp.sms.check.succeeded',
  otpEmail: 'user.human.mfa.otp.email.check.succeeded',
  recoveryCodes: 'user.human.mfa.recoverycode.check.succeeded',
};

/** What says so in a session. A session does not tell a security key from a passkey. */
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
  return factors.map((factor) => ({
    ...factor,
    addedAt: events && addedAt(factor, events),
    lastUsedAt: lastUsedAt(factor, factors, events ?? [], sessions ?? []),
  }));
}

function addedAt(factor: Factor, events: readonly ZitadelEvent[]): string | null {
  const names = enrolments[factor.kind].slice(factor.state === 'ready' ? 0 : -1);
  const name = names.find((candidate) => events.some(({ event }) => event === candidate));
  const found = events.filter(({ event }) => event === name);
  // A second key, or one that is gone meanwhile, would have been added by the same event.
  return 'id' in factor && found.length > 1 ? null : (found[0]?.at ?? null);
}

function lastUsedAt(
  factor: Factor,
  all: readonly Factor[],
  events: readonly ZitadelEvent[],
  sessions: readonly UserSession[],
): string | null {
  const { kind } = factor;
  const isOnly = (others: (other: Factor) => boolean) => !('id' in factor) || all.filter(others).length === 1;
  const times = [
    ...(isOnly((other) => other.kind === kind) ? events.filter(({ event }) => event === uses[kind]) : []),
    ...(isOnly((other) => 'id' in other) ? sessions.flatMap((session) => session.checks) : []).filter(
      ({ by }) => by === checks[kind],
    ),
  ];
  return (
    times
      .map(({ at }) => at)
      .toSorted()
      .at(-1) ?? null
  );
}
