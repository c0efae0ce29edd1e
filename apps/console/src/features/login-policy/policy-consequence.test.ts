import type { LoginPolicy } from '@latchkey/contract/login-policy';
import { describe, expect, it } from 'vitest';
import { withSecondFactor } from './login-policy-queries.ts';
import { policyConsequence } from './policy-consequence.ts';

const policy = (changes: Partial<LoginPolicy>): LoginPolicy => ({
  secondFactors: ['totp', 'u2f'],
  multiFactors: ['u2fWithVerification'],
  forceMfa: false,
  forceMfaLocalOnly: false,
  passwordlessAllowed: true,
  usernamePasswordAllowed: true,
  lifetimes: {
    passwordCheck: null,
    externalLoginCheck: null,
    mfaInitSkip: null,
    secondFactorCheck: null,
    multiFactorCheck: null,
  },
  changedAt: null,
  actions: { changeSecondFactors: { allowed: true } },
  ...changes,
});

describe('policyConsequence', () => {
  it('leaves the password alone where nothing is forced, even without any type', () => {
    expect(policyConsequence('remove', policy({ secondFactors: [] }))).toBe('passwordAlone');
  });

  it.each(['forceMfa', 'forceMfaLocalOnly'] as const)('demands another with %s', (forced) => {
    expect(policyConsequence('remove', policy({ [forced]: true }))).toBe('setUpAnother');
  });

  it.each(['forceMfa', 'forceMfaLocalOnly'] as const)('locks out with %s and no type left', (forced) => {
    expect(policyConsequence('remove', policy({ [forced]: true, secondFactors: [] }))).toBe('locksOut');
  });
});

describe('withSecondFactor', () => {
  it('adds once and removes', () => {
    expect(withSecondFactor(policy({}), 'add', 'totp').secondFactors).toEqual(['u2f', 'totp']);
    expect(withSecondFactor(policy({}), 'remove', 'totp').secondFactors).toEqual(['u2f']);
  });
});
