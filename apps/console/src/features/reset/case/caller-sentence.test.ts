import type { ResetDeed, ResetStep, ResetStepState } from '@latchkey/contract/reset';
import { i18n } from '@lingui/core';
import { beforeAll, describe, expect, it } from 'vitest';
import { callerSentence } from './caller-sentence.ts';

beforeAll(() => i18n.loadAndActivate({ locale: 'en', messages: {} }));

function step(deed: ResetDeed, state: ResetStepState = 'done'): ResetStep {
  const nothing = { triedAt: null, answeredAt: null, skipped: null, problem: null, permission: null, role: null };
  return { number: 1, deed, state, ...nothing, actId: null, count: null };
}

const totp: ResetDeed = { step: 'removeFactor', factor: { kind: 'totp' } };
const key: ResetDeed = { step: 'removeFactor', factor: { kind: 'u2f', id: '1' }, name: 'Blue key' };
const notice = { state: 'sent', address: 'a@b.example', attempts: 1, sentAt: null, nextAttemptAt: null } as const;

describe('callerSentence', () => {
  it('names what went, and what is asked next', () => {
    const reset = {
      steps: [step(totp), step(key, 'unneeded'), step({ step: 'endLaterSessions' })],
      leftLocked: false,
      notice: { ...notice, notMe: true },
    };
    expect(callerSentence(reset, 'A password only.')).toBe(
      'We removed this from your account: Authenticator app and Security key Blue key. You are signed out everywhere. ' +
        'Your next sign-in asks for this: A password only. A mail tells you what was done. If anybody does this without you, press the button in it.',
    );
  });

  it('promises nothing that was not done', () => {
    const steps = [step(totp, 'refused'), step({ step: 'sendPasswordReset' }, 'skipped')];
    const reset = { steps, leftLocked: false, notice: { ...notice, state: 'waiting' as const, notMe: true } };
    expect(callerSentence(reset, null)).toBe('');
  });

  it('speaks of the lock, not of the next sign-in, while there is one', () => {
    const reset = { steps: [step(totp)], leftLocked: true, notice: null };
    expect(callerSentence(reset, 'A password only.')).toBe(
      'We removed this from your account: Authenticator app. Your account stays locked until we unlock it.',
    );
  });
});
