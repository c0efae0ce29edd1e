import type { Factor } from '@latchkey/contract/factor';
import { describe, expect, it } from 'vitest';
import { toFactorRows } from './factor-rows.ts';

const totp: Factor = { kind: 'totp', state: 'ready' };
const sms: Factor = { kind: 'otpSms', state: 'ready' };
const keyA: Factor = { kind: 'u2f', state: 'ready', id: '2', name: 'Alpha' };
const keyB: Factor = { kind: 'u2f', state: 'ready', id: '1', name: 'Beta' };

const shown = (...args: Parameters<typeof toFactorRows>) =>
  toFactorRows(...args).map(({ kind, key }) => `${kind} ${key}`);

describe('toFactorRows', () => {
  it('has one order, whatever the answer had', () => {
    expect(shown([sms, keyB, totp, keyA], 0, [])).toEqual([
      'present totp',
      'present u2f/2',
      'present u2f/1',
      'present otpSms',
    ]);
  });

  it('keeps the place of what was removed', () => {
    expect(shown([totp, keyB, sms], 2_000, [{ factor: keyA, at: 1_000 }])).toEqual([
      'present totp',
      'removed u2f/2',
      'present u2f/1',
      'present otpSms',
    ]);
  });

  it('does not show a factor that a late read brings back', () => {
    expect(shown([totp], 1_300, [{ factor: totp, at: 1_000 }])).toEqual(['removed totp']);
  });

  it('believes a read that is late enough to be a new enrolment', () => {
    expect(shown([totp], 60_000, [{ factor: totp, at: 1_000 }])).toEqual(['present totp']);
  });
});
