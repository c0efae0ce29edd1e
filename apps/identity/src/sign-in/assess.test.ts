import { describe, expect, test } from 'vitest';
import type { FactorKind } from '../domain/factors.ts';
import { DEFAULT_LOGIN_POLICY, type LoginPolicyRules, type SecondFactor } from '../domain/login-policy.ts';
import type { SessionTable } from '../store/session-tables.ts';
import { assess, type SignInFacts, settableFactors } from './assess.ts';

const NOW = Date.UTC(2026, 0, 1);
const HOUR = 3_600_000;

/** A session in which these things were proved, in hours before now. */
function session(
  proofs: Partial<Record<'password' | 'totp' | 'email' | 'sms' | 'key' | 'passkey', number>>,
): SessionTable {
  const at = (hours: number | undefined) => (hours === undefined ? null : NOW - hours * HOUR);
  const checks: Partial<SessionTable> = {
    password_checked_at: at(proofs.password),
    totp_checked_at: at(proofs.totp),
    otp_email_checked_at: at(proofs.email),
    otp_sms_checked_at: at(proofs.sms),
    recovery_code_checked_at: null,
    webauthn_checked_at: at(proofs.passkey ?? proofs.key),
    webauthn_user_verified: proofs.passkey === undefined ? 0 : 1,
  };
  return checks as SessionTable;
}

const ALL: readonly SecondFactor[] = ['totp', 'u2f', 'otpEmail', 'otpSms', 'recoveryCodes'];

function facts(
  ready: readonly FactorKind[],
  rules: Partial<LoginPolicyRules> = {},
  allowed: readonly SecondFactor[] = ALL,
): SignInFacts {
  return {
    ready: new Set(ready),
    rules: { ...DEFAULT_LOGIN_POLICY, mfaInitSkipLifetime: 0, ...rules },
    allowed: new Set(allowed),
    setUpSkippedAt: null,
  };
}

const missing = (...parameters: Parameters<typeof assess>) => assess(...parameters).missing;

describe('what is missing', () => {
  const rows: readonly (readonly [string, SessionTable, SignInFacts, string])[] = [
    ['nothing proved', session({}), facts([]), 'password'],
    ['a password, no factor', session({ password: 0 }), facts([]), 'nothing'],
    ['a password, an app', session({ password: 0 }), facts(['totp']), 'secondFactor'],
    ['a password and an app’s code', session({ password: 0, totp: 0 }), facts(['totp']), 'nothing'],
    ['a password, an app that the policy forbids', session({ password: 0 }), facts(['totp'], {}, ['u2f']), 'nothing'],
    ['a password, only a passkey', session({ password: 0 }), facts(['passkey']), 'nothing'],
    ['a password, only recovery codes', session({ password: 0 }), facts(['recoveryCodes']), 'nothing'],
    ['a passkey alone', session({ passkey: 0 }), facts(['passkey', 'totp']), 'nothing'],
    ['a security key alone', session({ key: 0 }), facts(['u2f']), 'password'],
    ['a password of 10 days and an hour ago', session({ password: 241 }), facts([]), 'password'],
    ['a code of 19 hours ago', session({ password: 19, totp: 19 }), facts(['totp']), 'secondFactor'],
    ['a code of 17 hours ago', session({ password: 17, totp: 17 }), facts(['totp']), 'nothing'],
    ['a passkey of 13 hours ago', session({ passkey: 13 }), facts(['passkey']), 'password'],
    ['a code of a factor that is gone', session({ password: 0, totp: 0 }), facts(['otpSms']), 'secondFactor'],
    ['forced, no factor', session({ password: 0 }), facts([], { forceMfa: true }), 'setUp'],
    ['forced for local people, no factor', session({ password: 0 }), facts([], { forceMfaLocalOnly: true }), 'setUp'],
    ['asked once a month, no factor', session({ password: 0 }), facts([], { mfaInitSkipLifetime: 3600 }), 'setUp'],
    ['asked, but nothing allowed', session({ password: 0 }), facts([], { mfaInitSkipLifetime: 3600 }, []), 'nothing'],
  ];

  test.each(rows)('%s', (_row, proved, given, expected) => {
    expect(missing(proved, given, NOW).kind).toBe(expected);
  });

  test('whoever skipped the set-up is left alone for as long as the policy says', () => {
    const rules = { mfaInitSkipLifetime: 3600 };
    const skipped = (ago: number) => ({ ...facts([], rules), setUpSkippedAt: NOW - ago });
    expect(missing(session({ password: 0 }), skipped(HOUR - 1), NOW).kind).toBe('nothing');
    expect(missing(session({ password: 0 }), skipped(HOUR), NOW).kind).toBe('setUp');
  });

  test('codes by email come first, keys last', () => {
    const answer = missing(session({ password: 0 }), facts(['u2f', 'totp', 'otpSms', 'otpEmail']), NOW);
    expect(answer).toEqual({ kind: 'secondFactor', usable: ['otpEmail', 'otpSms', 'totp', 'u2f'] });
  });

  test('checks from before a moment do not count for somebody who must sign in again', () => {
    const proved = session({ password: 1, totp: 1 });
    expect(missing(proved, facts(['totp']), NOW, NOW - 2 * HOUR).kind).toBe('nothing');
    expect(missing(proved, facts(['totp']), NOW, NOW).kind).toBe('password');
  });
});

describe('amr', () => {
  const rows: readonly (readonly [SessionTable, readonly FactorKind[], readonly string[]])[] = [
    [session({}), [], []],
    [session({ password: 0 }), [], ['pwd']],
    [session({ totp: 0 }), ['totp'], ['otp']],
    [session({ password: 0, totp: 0 }), ['totp'], ['pwd', 'otp', 'mfa']],
    [session({ password: 0, email: 0 }), ['otpEmail'], ['pwd', 'otp', 'mfa']],
    [session({ password: 0, sms: 0 }), ['otpSms'], ['pwd', 'otp', 'mfa']],
    [session({ password: 0, key: 0 }), ['u2f'], ['pwd', 'user', 'mfa']],
    [session({ passkey: 0 }), ['passkey'], ['user', 'mfa']],
    [session({ password: 0, passkey: 0 }), ['passkey'], ['pwd', 'user', 'mfa']],
    [session({ password: 0, totp: 0 }), [], ['pwd']],
  ];

  test.each(rows)('row %#', (proved, ready, expected) => {
    expect(assess(proved, facts(ready), NOW).amr).toEqual(expected);
  });

  test('the time is that of the latest check', () => {
    expect(assess(session({ password: 2, totp: 1 }), facts(['totp']), NOW).checkedAt).toBe(NOW - HOUR);
  });
});

test('codes can be set up only to an address or number that is known to be theirs', () => {
  const unverified = { email_verified: 0, phone_verified: 0 } as const;
  expect(settableFactors(facts([]), unverified)).toEqual(['totp', 'u2f']);
  expect(settableFactors(facts([]), { email_verified: 1, phone_verified: 1 })).toEqual([
    ...['totp', 'u2f', 'otpSms', 'otpEmail'],
  ]);
});
