import { describe, expect, it } from 'vitest';
import { type AuthenticationNeeds, judgeAuthentication, type ProvedFactors } from './authentication.ts';

const NOTHING: ProvedFactors = { password: false, code: false, webAuthn: 'none' };
const PASSWORD: ProvedFactors = { ...NOTHING, password: true };
const NEEDS: AuthenticationNeeds = { forceMfa: false, allowed: ['totp', 'u2f'], set: [] };

/** zitadel-oidc.md 2, and its section 7 for what the policy changes. */
const cases: readonly [string, ProvedFactors, Partial<AuthenticationNeeds>, string][] = [
  ['no proof at all', NOTHING, {}, 'authentication-required'],
  ['a password', PASSWORD, {}, 'enough'],
  ['a password, with an app set up', PASSWORD, { set: ['totp'] }, 'mfa-required'],
  ['a password, with an app that the policy does not allow', PASSWORD, { set: ['totp'], allowed: ['u2f'] }, 'enough'],
  ['a password, with codes by email that the policy does not allow', PASSWORD, { set: ['otpEmail'] }, 'enough'],
  ['a password, with a passkey only', PASSWORD, { set: ['passkey'] }, 'enough'],
  ['a password, with recovery codes only', PASSWORD, { set: ['recoveryCodes'], allowed: ['recoveryCodes'] }, 'enough'],
  ['a password, where two are forced', PASSWORD, { forceMfa: true }, 'mfa-required'],
  ['a code only', { ...NOTHING, code: true }, { set: ['totp'] }, 'mfa-required'],
  ['a password and a code', { ...PASSWORD, code: true }, { set: ['totp'], forceMfa: true }, 'enough'],
  ['a password and a security key', { ...PASSWORD, webAuthn: 'present' }, { set: ['u2f'] }, 'enough'],
  ['a passkey', { ...NOTHING, webAuthn: 'verified' }, { forceMfa: true, set: ['passkey'] }, 'enough'],
  ['a security key alone', { ...NOTHING, webAuthn: 'present' }, { set: ['u2f'] }, 'mfa-required'],
];

describe('a session', () => {
  it.each(cases)('with %s', (_name, proved, needs, answer) => {
    expect(judgeAuthentication(proved, { ...NEEDS, ...needs })).toBe(answer);
  });
});
