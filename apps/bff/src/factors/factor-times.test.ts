import type { ZitadelEvent } from '@latchkey/contract/activity';
import type { Factor } from '@latchkey/contract/factor';
import type { UserSession } from '@latchkey/contract/user-session';
import { describe, expect, it } from 'vitest';
import { withTimes } from './factor-times.ts';

const at = (day: number) => `2026-01-0${day}T00:00:00.000Z`;
const event = (name: string, day: number): ZitadelEvent => ({
  source: 'zitadel',
  at: at(day),
  sequence: String(day),
  event: name,
  text: '',
  actorId: '1',
  actorName: '',
});
const session = (by: UserSession['checks'][number]['by'], day: number): UserSession => ({
  sessionId: `${by}${day}`,
  createdAt: null,
  changedAt: null,
  endsAt: null,
  device: null,
  address: null,
  checks: [
    { by: 'password', at: at(9) },
    { by, at: at(day) },
  ],
});
const totp: Factor = { kind: 'totp', state: 'ready' };
const key = (id: string, kind: 'u2f' | 'passkey' = 'u2f'): Factor => ({ kind, state: 'ready', id, name: id });
const times = (factors: Factor[], events: ZitadelEvent[] | null, sessions: UserSession[] | null) =>
  withTimes(factors, events, sessions).map(({ addedAt, lastUsedAt }) => [addedAt, lastUsedAt]);

describe('when a factor was added', () => {
  it('is when its enrolment was finished last', () => {
    const events = [
      event('user.human.mfa.otp.verified', 5),
      event('user.human.mfa.otp.added', 4),
      event('user.human.mfa.otp.removed', 3),
      event('user.human.mfa.otp.verified', 2),
    ];
    expect(times([totp], events, [])).toEqual([[at(5), null]]);
  });
  it('is when it was begun, while it is half enrolled', () => {
    const events = [event('user.human.mfa.otp.added', 4), event('user.human.mfa.otp.verified', 2)];
    expect(times([{ ...totp, state: 'notReady' }], events, [])).toEqual([[at(4), null]]);
  });
  it('is said of a key only when there never was another', () => {
    const one = [event('user.human.mfa.u2f.token.verified', 3)];
    expect(times([key('a')], one, null)).toEqual([[at(3), null]]);
    expect(times([key('a')], [...one, event('user.human.mfa.u2f.token.verified', 2)], null)).toEqual([[null, null]]);
  });
  it('is not known without events', () => {
    expect(times([totp], [], [])).toEqual([[null, null]]);
    expect(times([totp], null, null)).toEqual([[null, null]]);
  });
});

describe('when a factor was last used', () => {
  it('is the latest check of its kind in any session', () => {
    const sessions = [session('totp', 2), session('totp', 6), session('otpSms', 8)];
    expect(times([totp, { kind: 'otpEmail', state: 'ready' }], null, sessions)).toEqual([
      [null, at(6)],
      [null, null],
    ]);
  });
  it('is also what the embedded pages noticed, which no session lists', () => {
    const events = [event('user.human.mfa.otp.check.succeeded', 7), event('user.human.mfa.otp.check.succeeded', 3)];
    expect(times([totp], events, [session('totp', 5)])).toEqual([[null, at(7)]]);
    expect(times([totp], events, [session('totp', 8)])).toEqual([[null, at(8)]]);
    const passkey = [event('user.human.passwordless.token.check.succeeded', 4)];
    expect(times([key('a'), key('b', 'passkey')], passkey, null)).toEqual([
      [null, null],
      [null, at(4)],
    ]);
  });
  it('is said of a key only when it is the only one', () => {
    const sessions = [session('webAuthn', 6)];
    expect(times([key('a')], null, sessions)).toEqual([[null, at(6)]]);
    expect(times([key('a'), key('b', 'passkey')], null, sessions)).toEqual([
      [null, null],
      [null, null],
    ]);
  });
});
