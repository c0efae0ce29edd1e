import type { ActivityKind } from '@latchkey/contract/activity';

/**
 * The events of ZITADEL that the activity shows, by kind. Together they are fewer than the thirty that ZITADEL takes in
 * one question (zitadel.md 3.5); the hundreds of others are the noise of signing in.
 */
const eventTypes: Record<ActivityKind, readonly string[]> = {
  factors: [
    'user.human.mfa.otp.verified',
    'user.human.mfa.otp.removed',
    'user.human.mfa.otp.sms.added',
    'user.human.mfa.otp.sms.removed',
    'user.human.mfa.otp.email.added',
    'user.human.mfa.otp.email.removed',
    'user.human.mfa.u2f.token.verified',
    'user.human.mfa.u2f.token.removed',
    'user.human.passwordless.token.verified',
    'user.human.passwordless.token.removed',
    'user.human.mfa.recoverycode.added',
    'user.human.mfa.recoverycode.removed',
  ],
  policy: [
    'instance.policy.login.secondfactor.added',
    'instance.policy.login.secondfactor.removed',
    'instance.policy.login.multifactor.added',
    'instance.policy.login.multifactor.removed',
    'instance.policy.login.changed',
  ],
  locks: ['user.locked', 'user.unlocked', 'user.deactivated', 'user.reactivated'],
  sessions: ['session.terminated'],
  passwords: ['user.human.password.changed', 'user.human.password.code.added'],
  accounts: [
    'user.human.added',
    'user.removed',
    'user.human.email.changed',
    'user.human.phone.changed',
    'user.human.phone.removed',
  ],
};

/** @param kind absent for all of them. */
export function eventTypesOf(kind: ActivityKind | undefined): string[] {
  return kind ? [...eventTypes[kind]] : Object.values(eventTypes).flat();
}
